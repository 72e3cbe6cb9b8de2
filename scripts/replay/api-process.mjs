import { once } from 'node:events';
import { createAuth0Api, redisReplayStore, requiresAuth } from '@auth0/auth0-express-api';
import express from 'express';
import { serveCalls } from '../faults/serve-calls.mjs';
import { connectRedis } from './connect-redis.mjs';

// An Express app with a route for DPoP tokens, as a process of its own: one of a fleet behind one public address.

const events = [];
let clientErrors = 0;
let aheadMilliseconds = 0;

serveCalls({
  /**
   * Starts the app on a free port, and answers with the port.
   *
   * @param {{ trust: object, dpop: object, redis?: { library: string, url: string }, replay?: object }} settings Without
   *   `redis`, proofs are remembered in memory. `replay` has the other options of `replay`.
   */
  listen: async ({ trust, dpop, redis, replay }) => {
    const client = redis && (await connectRedis(redis, () => (clientErrors += 1)));
    const store = client && redisReplayStore(client);
    const app = express();
    app.use(
      createAuth0Api({
        ...trust,
        dpop: { ...dpop, ...(store && { replay: { ...replay, store } }) },
        now: () => Date.now() + aheadMilliseconds,
        onEvent: (event) => event.type !== 'refusal' && events.push(event),
      }),
    );
    app.get('/open', (_req, res) => res.end());
    app.get('/', requiresAuth(), (_req, res) => res.end());
    const server = app.listen(0, '127.0.0.1');
    // A connection that is given up while a request is on its way would look like a request that is lost.
    server.keepAliveTimeout = 600_000;
    await once(server, 'listening');
    return server.address().port;
  },
  /** Sets the clock that tokens, proofs and nonces are judged by so far ahead. */
  setAhead: (seconds) => {
    aheadMilliseconds = seconds * 1000;
  },
  /** What was told beside refusals, since this was last asked. */
  takeEvents: () => events.splice(0),
  cpuMicroseconds: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  /** How often the Redis client itself had something to say. */
  clientErrors: () => clientErrors,
});
