/** Answers with an error of the server. */
export function answerStatus(status) {
  return (_req, res) => res.writeHead(status, { 'content-type': 'application/json' }).end('{"error":"down"}');
}

/** Takes the request and never answers. */
export function hang() {}

/** Begins a good answer and sends a byte of it every half second. */
export function drip(_req, res) {
  res.writeHead(200, { 'content-type': 'application/json' });
  res.write('{');
  const timer = setInterval(() => res.write(' '), 500);
  res.on('close', () => clearInterval(timer));
}

/** Answers with a JSON document of this size; its reader decides how much of it is sent. */
export function answerHuge(megabytes) {
  const chunk = Buffer.alloc(1e6, 'a');
  return (_req, res) => {
    let left = megabytes;
    res.writeHead(200, { 'content-type': 'application/json' });
    res.write('{"keys":[],"padding":"');
    const send = () => {
      while (left > 0) {
        left -= 1;
        if (!res.write(chunk)) return void res.once('drain', send);
      }
      return res.end('"}');
    };
    send();
  };
}

/** Answers with a key set that has a member that is no key beside the good ones. */
export function answerWithNullKey(issuer) {
  return (req, res) => {
    const isKeySet = issuer.jwksUri.endsWith(req.url);
    const body = isKeySet
      ? { keys: [null, ...issuer.keys()] }
      : { issuer: issuer.issuer, jwks_uri: issuer.jwksUri };
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}
