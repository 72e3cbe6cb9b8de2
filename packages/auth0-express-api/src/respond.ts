import type { Answer } from '@auth0/auth0-api-js/adapter';
import type { ServerResponse } from 'node:http';

/** Copies an answer to the response. */
export function respond(res: ServerResponse, answer: Answer): void {
  setHead(res, answer);
  if (answer.body === undefined) {
    res.end();
    return;
  }
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.end(JSON.stringify(answer.body));
}

/** Copies the status and the headers of an answer to the response, and leaves the body to somebody else. */
export function setHead(res: ServerResponse, { statusCode, headers }: Answer): void {
  res.statusCode = statusCode;
  setHeaders(res, headers);
}

/** Copies headers to the response; a list means one line for each item. */
export function setHeaders(res: ServerResponse, headers: Answer['headers']): void {
  for (const [name, value] of Object.entries(headers)) {
    const [first, ...others] = typeof value === 'string' ? [value] : value;
    if (first !== undefined) res.setHeader(name, others.length === 0 ? first : [first, ...others]);
  }
}
