import type { Answer } from '@auth0/auth0-api-js/adapter';
import type { ServerResponse } from 'node:http';

/** Copies an answer to the response. If something else has answered already, that stands. */
export function respond(res: ServerResponse, { statusCode, headers, body }: Answer): void {
  if (res.headersSent) return;
  res.statusCode = statusCode;
  for (const [name, value] of Object.entries(headers)) {
    res.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  if (body === undefined) {
    res.end();
    return;
  }
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.end(JSON.stringify(body));
}
