import { quote } from '../../../../src/oauth/fixes.ts';
import { givesTestTokens } from '../../../../src/tenant/test-application.ts';
import type { Api } from '../../../api/management.ts';
import { writeEnvValue } from './write-env-value.ts';

/** The quickstart's commands and code; a test compares them with examples/quickstart. */

/** Prepares a folder with a `package.json`. */
export const projectCommands = `mkdir my-express-api && cd my-express-api
npm init -y
npm pkg set type=module main=server.js scripts.start="node server.js" scripts.dev="node --watch server.js"`;

/** Installs the SDK. */
export const installCommand = 'npm install @auth0/auth0-express-api express dotenv';

/**
 * Starts the API and asks for what is public.
 *
 * @param tlsHost - The tenant's https listener, where the API takes tokens from that: its certificate is trusted only by what
 * the tenant's own command starts.
 */
export function runCommands(origin: string, tlsHost?: string): string {
  const { port } = new URL(origin);
  const variables = port === '3001' || port === '' ? '' : `PORT=${port} `;
  return `${variables}${tlsHost === undefined ? '' : trustCommand(tlsHost)}npm run dev
curl ${quote(`${origin}/api/public`)}`;
}

/** With several tenants on this machine the command has to be told which; most people have the one on the usual port. */
function trustCommand(tlsHost: string): string {
  const tenant = tlsHost === 'localhost:4443' ? '' : `--tenant ${quote(tlsHost)} `;
  return `npx auth0 local exec ${tenant}-- `;
}

/** Asks for what is protected. */
export function callCommand(origin: string): string {
  return `curl ${quote(`${origin}/api/private`)} -H "Authorization: Bearer YOUR_ACCESS_TOKEN"`;
}

/** The file `.env` of an API: what its tokens are checked against. */
export function envFile(domain: string, identifier: string): string {
  return envLine('AUTH0_DOMAIN', domain) + envLine('AUTH0_AUDIENCE', identifier);
}

/** What `.env` is called on its way through the browser, which saves no file whose name begins with a dot. */
export function nameEnvFile({ name = '' }: Pick<Api, 'name'>): string {
  const words = name.toLowerCase().match(/[a-z\d]+/g) ?? ['api'];
  return `${words.join('-').slice(0, 60)}.env`;
}

function envLine(name: string, value: string): string {
  const written = writeEnvValue(value);
  return written === undefined
    ? `# ${name}: no .env file can carry this value. It belongs into server.js.\n`
    : `${name}=${written}\n`;
}

/**
 * The file `server.js`.
 *
 * @param api - Its `signing_alg` is what its tokens are signed with: the SDK takes RS256 unless it is told otherwise, and
 * never HS256. Its `proof_of_possession` is what they are bound to, which the SDK refuses unless it is told.
 */
export function serverFile(api: Pick<Api, 'signing_alg' | 'identifier' | 'proof_of_possession'>): string {
  const { signing_alg: algorithm, identifier, proof_of_possession: possession } = api;
  const isDefault = algorithm === 'RS256' || algorithm === 'HS256';
  const mode = givesTestTokens(api) ? '{}' : "{ mode: 'required' }";
  const options = [
    ...(writeEnvValue(identifier) === undefined ? [`audience: ${JSON.stringify(identifier)}`] : []),
    ...(isDefault ? [] : [`algorithms: ['${algorithm}']`]),
    ...(possession ? [`${possession.mechanism}: ${mode}`] : []),
  ];
  return `import 'dotenv/config';
import express from 'express';
import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';

const app = express();
const port = process.env.PORT || 3001;

app.use(express.json());
app.use(createAuth0Api(${options.length === 0 ? '' : `{ ${options.join(', ')} }`}));

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
