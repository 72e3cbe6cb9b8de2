import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What came back over one connection. */
export interface RawReply {
  /** The status of each response, in order. */
  readonly statuses: readonly number[];
  readonly text: string;
}

/** Sends bytes as they are (a text as latin-1) and reads until the server closes the connection. */
export async function sendRaw(port: number, bytes: string | Uint8Array): Promise<RawReply> {
  const socket = await openSocket(port);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  socket.end(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  await once(socket, 'close');
  const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
  return { statuses, text };
}

/** Sends bytes and goes away without waiting for anything. */
export async function sendAndLeave(port: number, bytes: string): Promise<void> {
  const socket = await openSocket(port);
  await new Promise((resolve) => socket.write(Buffer.from(bytes, 'latin1'), resolve));
  socket.resetAndDestroy();
  await once(socket, 'close');
}

/** The server may close the connection at any time, also before it has read everything. That is no failure here. */
async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => {});
  return socket;
}
