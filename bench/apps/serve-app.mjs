import { once } from 'node:events';
import express from 'express';
import { serveCalls } from '../../scripts/faults/serve-calls.mjs';
import { createBare } from '../contenders/bare.mjs';
import { measureBlock } from '../measure/measure-block.mjs';

/**
 * Serves an Express app as a process of its own: `GET /open` and `GET /bare`, which checks one signature and nothing else,
 * stand before anything of a library, `GET /protected` behind it, and all answer the same.
 *
 * @param {(app: object, settings: { domain: string, issuer: string, audience: string, jwksUri: string, isDpopOn: boolean }) => Function}
 *   protect Puts before the protected route what the library needs there, and returns what stands in the route.
 */
export function serveApp(protect) {
  // How an app is run where speed counts. Express reads it when an app is made.
  process.env.NODE_ENV = 'production';
  let finish;
  let measured;
  let bare;

  serveCalls({
    listen: async ({ jwk, tokens, ...settings }) => {
      bare = prepareBare(jwk, tokens);
      const server = createApp(protect, settings, bare).listen(0, '127.0.0.1');
      // Connections stay open while other processes have their turn.
      server.keepAliveTimeout = 0;
      await once(server, 'listening');
      return server.address().port;
    },
    /** Answers once the clock runs. */
    begin: (requests) =>
      new Promise((begun) => {
        measured = measureBlock(requests, () => {
          begun();
          return new Promise((ended) => {
            finish = ended;
          });
        });
      }),
    /** Stops the clock. */
    end: () => {
      finish();
      return measured;
    },
    verifyBare: (count) => measureBlock(count, bare.verifyAll),
  });
}

function createApp(protect, settings, { verifyNext }) {
  const app = express();
  app.get('/open', answer);
  app.get(
    '/bare',
    (_req, _res, next) => {
      verifyNext();
      next();
    },
    answer,
  );
  app.get('/protected', protect(app, settings), answer);
  // Libraries that leave the answer to an error handler would else be charged for the one that prints a stack.
  app.use((error, _req, res, _next) => {
    const { status = 500, headers = {}, code = 'error', message } = error;
    res.status(status).set(headers).json({ error: code, error_description: message });
  });
  return app;
}

function answer(_req, res) {
  res.json({ messages: ['Hello!', 'World!'] });
}

/** The signature checks of these tokens and nothing else, for comparison within the same process: all, or one by one. */
function prepareBare(jwk, tokens) {
  const { prepare, verify } = createBare({ alg: 'RS256', jwk });
  const items = tokens.map(prepare);
  let next = 0;
  return {
    verifyAll: () => {
      for (const item of items) verify(item);
    },
    verifyNext: () => {
      verify(items[next]);
      next = (next + 1) % items.length;
    },
  };
}
