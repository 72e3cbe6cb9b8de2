import { once } from 'node:events';
import { connect } from 'node:net';

const headEnd = '\r\n\r\n';
const lengthForm = /\r\ncontent-length: (\d+)\r\n/i;

/**
 * Opens connections to a server on this machine that stay open. Each sends a request as soon as the one before is answered.
 *
 * It writes bytes that are ready, and reads no more of an answer than its status and its length: a server that waits for
 * its clients pays for that with every request. A client that makes each request anew leaves an Express app idle for a
 * quarter of the time.
 *
 * @param {{ port: number, count?: number }} settings
 */
export async function openConnections({ port, count = 16 }) {
  const connections = await Promise.all(Array.from({ length: count }, () => openConnection(port)));
  return {
    /**
     * Sends all requests, and comes back when all are answered.
     *
     * @param {readonly Buffer[]} requests
     * @param {number} status What each must be answered with; any other throws.
     */
    send: async (requests, status) => {
      const left = requests.values();
      await Promise.all(connections.map((connection) => connection.sendAll(left, status)));
    },
    close: () => {
      for (const { socket } of connections) socket.destroy();
    },
  };
}

async function openConnection(port) {
  const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
  await once(socket, 'connect');
  let received = '';
  let onAnswer;
  let onFailure = () => {};
  socket.on('data', (text) => {
    received += text;
    const headLength = received.indexOf(headEnd) + headEnd.length;
    if (headLength < headEnd.length) return;
    const [, bodyLength] = lengthForm.exec(received.slice(0, headLength)) ?? [];
    if (bodyLength === undefined) {
      socket.destroy(new Error(`An answer without a length: ${received.slice(0, headLength)}`));
      return;
    }
    if (received.length < headLength + Number(bodyLength)) return;
    const answer = received;
    received = '';
    onAnswer(answer);
  });
  socket.on('error', (error) => onFailure(error));
  socket.on('close', () => onFailure(closed()));

  const sendAll = (requests, status) =>
    new Promise((resolve, reject) => {
      const sendNext = () => {
        const { value, done } = requests.next();
        if (done) resolve();
        else if (socket.destroyed) reject(closed());
        else socket.write(value);
      };
      onFailure = reject;
      onAnswer = (answer) => {
        if (answer.startsWith(`HTTP/1.1 ${status} `)) sendNext();
        else reject(new Error(`${status} was expected, not: ${answer.slice(0, 400)}`));
      };
      sendNext();
    });
  return { socket, sendAll };
}

function closed() {
  return new Error('The server closed a connection.');
}
