import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { checkPort, fail, readPort } from './ports.mjs';
import { describeDemo } from './describe-demo.mjs';
import { prepareWorkspace, root } from './workspace.mjs';

// npm start: an issuer and the quickstart's API on this machine, and curl lines with live tokens.

const audience = 'https://my-express-api.example.com';
const lifetimeSeconds = 24 * 60 * 60;

const port = readPort('PORT', 3001);
const tenantPort = readPort('TENANT_PORT', 4400);
if (port === tenantPort) fail(`PORT and TENANT_PORT are both ${port}. Give them different numbers.`);
await checkPort(port, 'PORT');
await checkPort(tenantPort, 'TENANT_PORT');

prepareWorkspace();

const { createTestIssuer } = await import('@auth0/auth0-api-js/testing');
const issuer = await createTestIssuer({ audience, lifetimeSeconds, port: tenantPort });
const api = spawn(process.execPath, ['server.js'], {
  cwd: join(root, 'examples/quickstart'),
  env: { ...process.env, PORT: String(port), AUTH0_DOMAIN: issuer.domain, AUTH0_AUDIENCE: audience },
  stdio: ['ignore', 'inherit', 'inherit'],
});

let isStopping = false;
let hasExited = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    isStopping = true;
    api.kill();
  });
}
api.once('exit', (code) => {
  hasExited = true;
  process.exitCode = isStopping ? 0 : (code ?? 1);
  void issuer.close();
});

await Promise.race([untilReachable(`http://localhost:${port}/api/public`), once(api, 'exit')]);
if (!hasExited && !isStopping) console.log(describeDemo({ apiUrl: `http://localhost:${port}`, issuer }));

/** Waits until something answers at a URL. */
async function untilReachable(url) {
  while (!hasExited && !isStopping) {
    const response = await fetch(url).catch(() => undefined);
    if (response !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
