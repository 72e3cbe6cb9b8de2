/** Puts an answer of the API on top of the list: status, challenge, body, and what the proof said. */
export async function showAnswer(title, response, proof) {
  show({
    title,
    isGood: response.ok,
    status: response.status,
    challenge: response.headers.get('WWW-Authenticate'),
    body: indent(await response.text()),
    proof: proof && readProof(proof),
  });
}

/** Puts on top of the list why there is no answer. */
export function showProblem(title, problem) {
  show({ title, isGood: false, status: '–', body: problem });
}

function show({ isGood, proof, ...texts }) {
  const answer = document.getElementById('answer').content.cloneNode(true);
  const write = (selector, text) => {
    const element = answer.querySelector(selector);
    element.textContent = text ?? '';
    element.hidden = !text;
  };

  answer.querySelector('.answer').classList.toggle('good', isGood);
  for (const name of ['status', 'title', 'challenge', 'body']) write(`.${name}`, texts[name]);
  write('.proof', proof);
  answer.querySelector('details').hidden = !proof;
  document.getElementById('answers').prepend(answer);
}

function indent(text) {
  return text && JSON.stringify(JSON.parse(text), null, 2);
}

/** The header and the claims of a JWT; whoever wants to believe them has to check the signature. */
function readProof(proof) {
  const [header, claims] = proof.split('.').map((part) => part.replaceAll('-', '+').replaceAll('_', '/'));
  return [header, claims].map((part) => indent(atob(part))).join('\n');
}
