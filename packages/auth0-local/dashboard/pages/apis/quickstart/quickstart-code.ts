/** The quickstart's commands and code; a test compares them with examples/quickstart. */

/** Prepares a folder with a `package.json`. */
export const projectCommands = `mkdir my-express-api && cd my-express-api
npm init -y
npm pkg set type=module main=server.js scripts.start="node server.js" scripts.dev="node --watch server.js"`;

/** Installs the SDK. */
export const installCommand = 'npm install @auth0/auth0-express-api express dotenv';

/** Starts the API and asks for what is public. */
export const runCommands = `npm run dev
curl http://localhost:3001/api/public`;

/** Asks for what is protected. */
export const callCommand = `curl http://localhost:3001/api/private -H "Authorization: Bearer YOUR_ACCESS_TOKEN"`;

/** The file `.env` of an API: what its tokens are checked against. */
export function envFile(domain: string, identifier: string): string {
  return `AUTH0_DOMAIN=${quoteValue(domain)}\nAUTH0_AUDIENCE=${quoteValue(identifier)}\n`;
}

/** In single quotes neither dotenv nor a shell that sources the file makes anything of a value. */
function quoteValue(value: string): string {
  if (/^[\w@%+=:,./-]+$/.test(value)) return value;
  const quote = [`'`, '"', '`'].find((mark) => !value.includes(mark)) ?? '`';
  return quote + value + quote;
}

/**
 * The file `server.js`.
 *
 * @param algorithm - What the API's tokens are signed with. The SDK takes RS256 unless it is told otherwise, and never HS256.
 */
export function serverFile(algorithm: string): string {
  const isDefault = algorithm === 'RS256' || algorithm === 'HS256';
  const options = isDefault ? '' : `{ algorithms: ['${algorithm}'] }`;
  return `import 'dotenv/config';
import express from 'express';
import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';

const app = express();
const port = process.env.PORT || 3001;

app.use(express.json());
app.use(createAuth0Api(${options}));

// Public route — no token required
app.get('/api/public', (req, res) => {
  res.json({
    message: 'Hello from a public endpoint! No authentication required.',
    timestamp: new Date().toISOString(),
  });
});

// Protected route — requires a valid access token
app.get('/api/private', requiresAuth(), (req, res) => {
  res.json({
    message: 'Hello from a protected endpoint! You are authenticated.',
    sub: req.auth0.user?.sub,
    timestamp: new Date().toISOString(),
  });
});

app.listen(port, () => {
  console.log(\`API server running at http://localhost:\${port}\`);
});
`;
}

/** A route that takes more than a valid token. */
export function scopeRoute(scope: string): string {
  return `app.get('/api/messages', requiresAuth({ scopes: ['${scope.replaceAll("'", "\\'")}'] }), (req, res) => {
  res.json({ messages: ['Hello!', 'World!'] });
});
`;
}
