import type { Fault } from './create-fault-issuer.js';

/** Takes the request, and that is all. */
export const hangBeforeHeaders: Fault = () => {};

/** Sends the headers of a good answer, and nothing more. */
export const hangAfterHeaders: Fault = ({ res }) => {
  res.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
};

/** Sends all but the last byte of a good answer. */
export const hangMidBody: Fault = ({ res, document }) => {
  const text = JSON.stringify(document);
  res.writeHead(200, { 'content-length': text.length });
  res.write(text.slice(0, -1));
};

/** Sends a byte of a good answer every 20 ms, without end. */
export const drip: Fault = ({ res }) => {
  res.writeHead(200, { 'content-type': 'application/json' });
  res.write('{');
  const timer = setInterval(() => res.write(' '), 20);
  res.once('close', () => clearInterval(timer));
};

/** Sends the headers byte by byte, without end. */
export const dripHeaders: Fault = ({ res }) => {
  const { socket } = res;
  socket?.write('HTTP/1.1 200 OK\r\nX-Slow: ');
  const timer = setInterval(() => socket?.write('a'), 20);
  res.once('close', () => clearInterval(timer));
};
