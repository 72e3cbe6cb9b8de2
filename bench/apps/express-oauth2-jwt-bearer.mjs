import { auth } from 'express-oauth2-jwt-bearer';
import { serveApp } from './serve-app.mjs';

serveApp((_app, { domain, audience, isDpopOn }) =>
  auth({ issuerBaseURL: domain, audience, dpop: { enabled: isDpopOn } }),
);
