import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What came back over one connection. */
export interface RawReply {
  /** The status of each response, in order. */
  readonly statuses: readonly number[];
  readonly text: string;
}

/** How bytes are sent. */
export interface SendOptions {
  /** Says at once that nothing more will come. Only for what the server would wait for: it drops work in progress then. */
  readonly isLast?: boolean;
}

/** Sends bytes as they are (a text as latin-1) and reads until the server closes the connection. */
export async function sendRaw(
  port: number,
  bytes: string,
  { isLast = false }: SendOptions = {},
): Promise<RawReply> {
  const socket = await openSocket(port);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  const closed = untilClosed(socket);
  if (isLast) socket.end(bytes, 'latin1');
  else socket.write(bytes, 'latin1');
  await closed;
  const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) [A-Z]/g)].map(([, status]) => Number(status));
  return { statuses, text };
}

/** Sends bytes and breaks the connection off, once something else has happened. */
export async function sendAndLeave(
  port: number,
  bytes: string,
  before: () => Promise<unknown> = async () => {},
): Promise<void> {
  const socket = await openSocket(port);
  const closed = untilClosed(socket);
  await new Promise((resolve) => socket.write(bytes, 'latin1', resolve));
  await before();
  socket.resetAndDestroy();
  await closed;
}

async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket.on('error', () => {});
}

/** The server may break a connection off, also before it has read everything: `once` of Node.js would call that an error. */
function untilClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
  });
}
