import { startChild } from '../faults/start-child.mjs';

/** Starts an Express app that trusts an issuer, as a process of its own. */
export async function startApp({ domain, audience }, options = {}) {
  const child = startChild(new URL('./app-process.mjs', import.meta.url), ['--expose-gc']);
  const port = await child.call('listen', { domain, audience, ...options });
  return { child, port };
}
