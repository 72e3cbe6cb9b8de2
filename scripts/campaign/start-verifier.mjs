import { startChild } from '../faults/start-child.mjs';

/** Starts a process with a client for an issuer. The issuer has not been asked yet. */
export async function startVerifier({ domain, audience }, options = {}) {
  const child = startChild(new URL('../faults/verifier-process.mjs', import.meta.url));
  await child.call('create', 'ours', { domain, audience, options });
  return child;
}
