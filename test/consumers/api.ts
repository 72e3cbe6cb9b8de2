import type { AddressInfo } from 'node:net';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import { createAuth0Api, requiresAuth, type Token } from '@auth0/auth0-express-api';
import express from 'express';

const { domain, audience, fetch: customFetch, accessToken, badToken } = await createTestIssuer();
const app = express();
app.use(createAuth0Api({ domain, audience, customFetch }));
app.get('/', requiresAuth(), (req, res) => {
  const user: Token | undefined = req.auth0.user;
  res.json(user?.sub);
});
const server = app.listen(0, () => {
  void report();
});

async function report(): Promise<void> {
  const { port } = server.address() as AddressInfo;
  const ask = (token: string): Promise<Response> =>
    fetch(`http://localhost:${port}/`, { headers: { authorization: `Bearer ${token}` } });
  const responses = [await ask(accessToken()), await ask(badToken('expired'))];
  console.log(responses.map(({ status }) => status).join(' '));
  server.closeAllConnections();
  server.close();
}
