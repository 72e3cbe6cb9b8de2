import type { Fault } from './create-fault-issuer.js';

/** Answers with a status, and the document all the same where the status allows one. */
export function answerStatus(status: number, headers: Readonly<Record<string, string>> = {}): Fault {
  return ({ res, document }) => {
    const hasBody = status !== 204 && status !== 205 && status !== 304;
    res.writeHead(status, headers).end(hasBody ? JSON.stringify(document) : undefined);
  };
}

/** Answers 200 with some text. */
export function answerText(text: string, contentType = 'application/json'): Fault {
  return ({ res }) => void res.setHeader('content-type', contentType).end(text);
}

/** Answers 200 with some JSON. */
export function answerJson(value: unknown): Fault {
  return answerText(JSON.stringify(value));
}

/** Sends whoever asks elsewhere. */
export function redirectTo(location: string, status = 302): Fault {
  return ({ res }) => void res.writeHead(status, { location }).end();
}
