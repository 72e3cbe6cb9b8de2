import { expressjwt } from 'express-jwt';
import jwksRsa from 'jwks-rsa';
import { serveApp } from './serve-app.mjs';

// The pair that the documentation of both shows.
serveApp((_app, { issuer, audience, jwksUri }) =>
  expressjwt({
    secret: jwksRsa.expressJwtSecret({ jwksUri, cache: true }),
    issuer,
    audience,
    algorithms: ['RS256'],
  }),
);
