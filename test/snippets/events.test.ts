import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import express from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';

const { audience, domain, fetch: customFetch, badToken } = await createTestIssuer();
const app = express();
const lines: string[] = [];
const logger = { info: (line: string) => lines.push(line), warn: (line: string) => lines.push(line) };

// #region events
import { createAuth0Api, requiresAuth, type Auth0ApiEvent } from '@auth0/auth0-express-api';

function onEvent(event: Auth0ApiEvent): void {
  switch (event.type) {
    case 'refusal':
      logger.info(`refused with ${event.statusCode}: ${event.reason}`);
      break;
    case 'outage':
    case 'replay_store_outage':
    case 'misuse':
    case 'key_skipped':
      logger.warn(event.message);
      break;
    case 'keys_stale':
      logger.warn(`the keys of ${event.issuer} serve for ${event.usableForSeconds} s more`);
      break;
    case 'keys_expired':
      logger.warn(`the keys of ${event.issuer} are too old to serve`);
      break;
    case 'recovery':
      logger.info(`${event.issuer} answers again`);
      break;
    case 'replay_store_recovery':
      logger.info('the replay store answers again');
      break;
    case 'binding_ignored':
      logger.warn(`a bound token was accepted without its proof (${event.method})`);
      break;
  }
}

app.use(createAuth0Api({ domain, audience, customFetch, onEvent }));
// #endregion

app.get('/', requiresAuth(), (_req, res) => {
  res.end();
});

test('a refusal is told with its reason', async () => {
  await request(app).get('/').auth(badToken('expired'), { type: 'bearer' }).expect(401);
  expect(lines).toEqual(['refused with 401: token_expired']);
});
