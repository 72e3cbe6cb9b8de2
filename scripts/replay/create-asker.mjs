import { Agent, request } from 'node:http';

/**
 * Asks servers of this machine over connections that stay open.
 *
 * @returns What came of each request, in a word: `accepted`, `replayed`, `nonce required`, another status, or the code of
 *   what went wrong with the connection; the nonce of the answer; and how long it took.
 */
export function createAsker() {
  const agent = new Agent({ keepAlive: true });
  return {
    ask: ({ port, path, headers }) =>
      new Promise((resolve) => {
        const startedAt = performance.now();
        const finish = (verdict, nonce) =>
          resolve({ verdict, nonce, milliseconds: performance.now() - startedAt });
        request({ agent, host: '127.0.0.1', port, path, headers }, (res) => {
          res.resume().once('close', () => {
            if (res.complete) finish(readVerdict(res), res.headers['dpop-nonce']);
            else finish('ECONNRESET');
          });
        })
          .once('error', ({ code }) => finish(code))
          .end();
      }),
    close: () => agent.destroy(),
  };
}

function readVerdict({ statusCode, headers }) {
  if (statusCode === 200) return 'accepted';
  const challenge = headers['www-authenticate'] ?? '';
  if (statusCode === 401 && challenge.includes('has been used before')) return 'replayed';
  if (statusCode === 401 && challenge.includes('use_dpop_nonce')) return 'nonce required';
  return String(statusCode);
}
