import 'dotenv/config';
import express from 'express';
import { fileURLToPath } from 'node:url';

const { AUTH0_DOMAIN, AUTH0_AUDIENCE, SPA_CLIENT_ID, API_URL, PAGE_PORT = 3000 } = process.env;

if (!AUTH0_DOMAIN || !AUTH0_AUDIENCE || !SPA_CLIENT_ID || !API_URL) {
  console.error(
    'The page needs AUTH0_DOMAIN, AUTH0_AUDIENCE, SPA_CLIENT_ID and API_URL: copy .env.example to .env.',
  );
  process.exit(1);
}

const domain = AUTH0_DOMAIN.includes('://') ? AUTH0_DOMAIN : `https://${AUTH0_DOMAIN}`;
const publicFolder = fileURLToPath(new URL('public', import.meta.url));
const sdkFolder = fileURLToPath(
  new URL('.', import.meta.resolve('@auth0/auth0-spa-js/dist/auth0-spa-js.production.esm.js')),
);

const app = express();

// A script of somebody else's could use the key of the page while it is open. It must not get in.
const policy = `default-src 'self'; connect-src 'self' ${domain} ${API_URL}; frame-src ${domain}; object-src 'none'; base-uri 'none'`;

app.use((req, res, next) => {
  res.set('Content-Security-Policy', policy);
  next();
});

app.get('/config.json', (req, res) => {
  res.json({ domain, audience: AUTH0_AUDIENCE, clientId: SPA_CLIENT_ID, api: API_URL });
});

app.get('/auth0-spa-js.js', (req, res) => {
  res.sendFile('auth0-spa-js.production.esm.js', { root: sdkFolder });
});

app.use(express.static(publicFolder));

app.listen(PAGE_PORT, () => {
  console.log(`Page at http://localhost:${PAGE_PORT}`);
});
