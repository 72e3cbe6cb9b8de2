import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { checkPorts, readPort } from './ports.mjs';
import { describeDemo } from './describe-demo.mjs';
import { requestDemoTokens } from './request-demo-tokens.mjs';
import { prepareWorkspace, root } from './workspace.mjs';

// npm start: a tenant and the quickstart's API on this machine, and curl lines with live tokens.

const audience = 'https://my-express-api.example.com';
const ports = {
  PORT: readPort('PORT', 3001),
  TENANT_PORT: readPort('TENANT_PORT', 4400),
  TENANT_HTTPS_PORT: readPort('TENANT_HTTPS_PORT', 4443),
};
await checkPorts(ports);

prepareWorkspace();

const example = join(root, 'examples/quickstart');
const domain = `http://localhost:${ports.TENANT_PORT}`;
const apiUrl = `http://localhost:${ports.PORT}`;

/** @type {import('node:child_process').ChildProcess[]} */
const children = [];
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop());

const tenantOptions = {
  '--port': ports.TENANT_PORT,
  '--https-port': ports.TENANT_HTTPS_PORT,
  '--data-dir': process.env.TENANT_DATA_DIR || join(root, '.auth0-local'),
  '--seed': join(example, 'seed.json'),
};
const auth0 = join(root, 'packages/auth0-local/bin/auth0.js');
const tenant = run([auth0, 'local', 'start', '--quiet', ...Object.entries(tenantOptions).flat()], {
  output: 'pipe',
});
await untilReachable(`${domain}/.well-known/openid-configuration`);
run(['server.js'], {
  variables: { PORT: String(ports.PORT), AUTH0_DOMAIN: domain, AUTH0_AUDIENCE: audience },
});
await untilReachable(`${apiUrl}/api/public`);

if (!isStopping) {
  const tokens = await requestDemoTokens(domain, audience).catch((error) => {
    console.error(error.message);
    stop(1);
  });
  if (tokens !== undefined) {
    console.log(describeDemo({ apiUrl, domain, audience, tokens }));
    // The log begins here: the demo's own tokens are nobody's news.
    tenant?.stdout.removeAllListeners('data').pipe(process.stdout);
  }
}

/** Runs a Node.js program of the demo; when one ends, so do the others. */
function run(args, { variables = {}, output = 'inherit' }) {
  if (isStopping) return undefined;
  const child = spawn(process.execPath, args.map(String), {
    cwd: example,
    env: { ...process.env, ...variables },
    stdio: ['ignore', output, 'inherit'],
  });
  children.push(child);
  void once(child, 'exit').then(([code]) => stop(code ?? 1));
  child.stdout?.on('data', () => {});
  return child;
}

/** Ends everything; the first reason decides the exit code. */
function stop(code = 0) {
  if (isStopping) return;
  isStopping = true;
  process.exitCode = code;
  for (const child of children) child.kill();
}

/** Waits until something answers at a URL, or everything ends. */
async function untilReachable(url) {
  while (!isStopping) {
    const response = await fetch(url).catch(() => undefined);
    if (response !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
