const { createTestIssuer } = require('@auth0/auth0-api-js/testing');
const { createAuth0Api, requiresAuth } = require('@auth0/auth0-express-api');
const express = require('express');

createTestIssuer().then(({ domain, audience, fetch: customFetch, accessToken, badToken }) => {
  const app = express();
  app.use(createAuth0Api({ domain, audience, customFetch }));
  app.get('/', requiresAuth(), (req, res) => {
    res.json(req.auth0.user.sub);
  });
  const server = app.listen(0, async () => {
    const ask = (token) =>
      fetch(`http://localhost:${server.address().port}/`, { headers: { authorization: `Bearer ${token}` } });
    const responses = [await ask(accessToken()), await ask(badToken('expired'))];
    console.log(responses.map(({ status }) => status).join(' '));
    server.closeAllConnections();
    server.close();
  });
});
