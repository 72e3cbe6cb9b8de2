import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

/** A request with these header lines, as Node hands them over: all of them raw, and joined with commas. */
export function requestWith(...lines: readonly (readonly [name: string, value: string])[]): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  for (const [name, value] of lines) {
    request.rawHeaders.push(name, value);
    const key = name.toLowerCase();
    const before = request.headers[key];
    request.headers[key] = typeof before === 'string' ? `${before}, ${value}` : value;
  }
  return request;
}
