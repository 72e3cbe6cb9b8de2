import { Agent, request } from 'node:http';
import { forgeToken } from '../faults/forge-token.mjs';
import { percentile } from '../faults/percentile.mjs';
import { serveCalls } from '../faults/serve-calls.mjs';

// A process that asks a server over HTTP as fast as it answers.

serveCalls({
  /**
   * Each connection asks again as soon as it is answered: some with good tokens, some with made-up key ids.
   *
   * @param {{ port: number, seconds: number, tokens: string[], goodConnections: number, forgedConnections: number }} load
   */
  load: async ({ port, seconds, tokens, goodConnections, forgedConnections }) => {
    const agent = new Agent({ keepAlive: true });
    const endsAt = performance.now() + seconds * 1000;
    const good = createTally();
    const forged = createTally();
    let next = 0;
    const run = async (tally, takeToken) => {
      while (performance.now() < endsAt) await tally.time(ask({ agent, port, token: takeToken() }));
    };
    await Promise.all([
      ...Array.from({ length: goodConnections }, () => run(good, () => tokens[next++ % tokens.length])),
      ...Array.from({ length: forgedConnections }, () => run(forged, () => forgeToken(tokens[0]))),
    ]);
    agent.destroy();
    return [good.sum(), forged.sum()];
  },
});

/** Sends a request, and answers with the status once the whole response is there. */
function ask({ agent, port, token }) {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}` };
    request({ agent, host: '127.0.0.1', port, headers }, (res) => {
      res.resume().once('end', () => resolve(res.statusCode));
    })
      .once('error', ({ code }) => resolve(code))
      .end();
  });
}

/** Counts statuses, and how long they took. */
function createTally() {
  const statuses = {};
  const milliseconds = [];
  return {
    time: async (asked) => {
      const startedAt = performance.now();
      const status = await asked;
      milliseconds.push(performance.now() - startedAt);
      statuses[status] = (statuses[status] ?? 0) + 1;
    },
    sum: () => ({
      made: milliseconds.length,
      statuses,
      p50: percentile(milliseconds, 0.5),
      p99: percentile(milliseconds, 0.99),
    }),
  };
}
