import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import express from 'express';
import { serveCalls } from '../faults/serve-calls.mjs';

// An Express app with a protected route, as a process of its own. Started with --expose-gc.

let received = 0;
let server;

serveCalls({
  listen: async (options) => {
    const app = express();
    app.use((_req, _res, next) => {
      received += 1;
      next();
    });
    app.use(createAuth0Api(options));
    app.get('/', requiresAuth(), (req, res) => {
      res.json({ sub: req.auth0.user.sub });
    });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server.address().port;
  },
  /** How many requests have come in so far. */
  received: () => received,
  /** What it holds on to when nothing goes on: memory after a collection, and sockets. */
  holdings: async () => {
    for (let round = 0; round < 3; round++) {
      await sleep(50);
      globalThis.gc();
    }
    const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap');
    return { heapMegabytes: process.memoryUsage().heapUsed / 1e6, sockets: sockets.length };
  },
});
