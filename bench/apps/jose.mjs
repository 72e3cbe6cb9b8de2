import { createRemoteJWKSet, jwtVerify } from 'jose';
import { serveApp } from './serve-app.mjs';

// The middleware that people write around jose.
serveApp((_app, { issuer, audience, jwksUri }) => {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  const options = { issuer, audience, algorithms: ['RS256'], requiredClaims: ['exp', 'iat'] };

  return async function protect(req, res, next) {
    const { authorization } = req.headers;
    if (!authorization?.startsWith('Bearer ')) {
      res.status(401).set('WWW-Authenticate', 'Bearer').end();
      return;
    }
    try {
      const { payload } = await jwtVerify(authorization.slice(7), keys, options);
      req.auth = payload;
    } catch {
      res
        .status(401)
        .set('WWW-Authenticate', 'Bearer error="invalid_token"')
        .json({ error: 'invalid_token' });
      return;
    }
    next();
  };
});
