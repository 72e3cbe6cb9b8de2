import { quote } from '../../../../src/oauth/fixes.ts';
import { hasBody, type Language, type TestChoice } from './test-choice.ts';

/** A call of an API. */
export type Call = Pick<TestChoice, 'method' | 'url' | 'body'> & { readonly token: string };

/** Writes a call as code. */
export function writeCall(language: Language, call: Call): string {
  return writers[language](call);
}

const writers: Readonly<Record<Language, (call: Call) => string>> = {
  curl: ({ method, url, body, token }) =>
    [
      `curl ${globOff(url)}${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`,
      `-H ${quote(`Authorization: Bearer ${token}`)}`,
      // With -d a body that begins with @ would be the name of a file.
      ...(hasBody(method) ? ["-H 'Content-Type: application/json'", `--data-raw ${quote(body)}`] : []),
    ].join(' \\\n  '),
  Node: ({ method, url, body, token }) => `const response = await fetch(${text(url)}, {
${method === 'GET' ? '' : `  method: ${text(method)},\n`}  headers: {
    Authorization: ${text(`Bearer ${token}`)},${hasBody(method) ? `\n    "Content-Type": "application/json",` : ''}
  },${hasBody(method) ? `\n  body: ${text(body)},` : ''}
});
console.log(response.status, await response.text());`,
  Python: ({ method, url, body, token }) => `import requests

response = requests.${method.toLowerCase()}(
    ${text(url)},
    headers={
        "Authorization": ${text(`Bearer ${token}`)},${hasBody(method) ? `\n        "Content-Type": "application/json",` : ''}
    },${hasBody(method) ? `\n    data=${text(body)}.encode(),` : ''}
)
print(response.status_code, response.text)`,
};

/** curl makes several requests of brackets and braces, unless it is told not to. */
function globOff(url: string): string {
  return /[[\]{}]/.test(url) ? '-g ' : '';
}

/** A string of JSON is one of JavaScript and of Python too. */
function text(value: string): string {
  return JSON.stringify(value);
}
