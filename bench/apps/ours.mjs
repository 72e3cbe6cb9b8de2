import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import { serveApp } from './serve-app.mjs';

serveApp((app, { domain, audience, isDpopOn }) => {
  app.use(createAuth0Api({ domain, audience, ...(isDpopOn && { dpop: {} }) }));
  return requiresAuth();
});
