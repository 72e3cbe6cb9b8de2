import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFaultIssuer } from '../faults/create-fault-issuer.mjs';
import { startApp } from './start-app.mjs';

const requestCount = 1000;
const mostGrowthMegabytes = 2;

/** FC24: callers that hang up while their token is verified leave nothing behind. */
export const abortedRequests = {
  title: `FC24: ${requestCount} requests aborted while the keys are fetched, several times over`,
  run: async ({ isQuick, say }) => {
    const rounds = isQuick ? 3 : 20;
    const issuer = await createFaultIssuer();
    // The same callers each time: a client remembers a bounded number of tokens, and that is no leak.
    const tokens = issuer.tokens(requestCount);
    // Keys that are good for no time: every request waits for the issuer.
    const app = await startApp(issuer, { discoveryCache: { ttl: 0 }, keys: { deadlineSeconds: 60 } });
    const good = () =>
      fetch(`http://127.0.0.1:${app.port}/`, {
        headers: { authorization: `Bearer ${issuer.token()}`, connection: 'close' },
      });
    try {
      assert.equal((await good()).status, 200);
      await abortRound({ issuer, app, tokens });
      const before = await app.child.call('holdings');
      for (let round = 0; round < rounds; round++) {
        await abortRound({ issuer, app, tokens });
        assert.equal((await good()).status, 200);
      }
      const after = await app.child.call('holdings');
      const growth = after.heapMegabytes - before.heapMegabytes;
      say(
        `${rounds} rounds: the heap grew by ${growth.toFixed(2)} MB; sockets ${before.sockets} and ${after.sockets}`,
      );
      say(`written by the app: ${JSON.stringify(app.child.written)}`);

      assert.ok(growth < mostGrowthMegabytes, `the heap grew by ${growth} MB`);
      assert.ok(after.sockets <= before.sockets + 1, `${after.sockets} sockets are open`);
      assert.deepEqual(app.child.written, { stdout: '', stderr: '' });
    } finally {
      await app.child.stop();
      await issuer.close();
    }
  },
};

/** Sends the requests, hangs up on all of them while the issuer does not answer, then lets it answer. */
async function abortRound({ issuer, app, tokens }) {
  const faults = issuer.counts.faults;
  let release;
  const released = new Promise((resolve) => (release = resolve));
  issuer.misbehave((req, res) => void released.then(() => issuer.answerWell(req, res)));
  const wanted = (await app.child.call('received')) + tokens.length;
  const sockets = await Promise.all(tokens.map((token) => sendRequest(app.port, token)));
  while ((await app.child.call('received')) < wanted) await sleep(5);
  while (issuer.counts.faults === faults) await sleep(5);
  await Promise.all(sockets.map(hangUp));
  issuer.misbehave();
  release();
}

async function sendRequest(port, token) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  return socket;
}

async function hangUp(socket) {
  const closed = once(socket, 'close');
  socket.destroy();
  await closed;
}
