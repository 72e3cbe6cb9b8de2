import { onTestFinished } from 'vitest';
import { listen } from '../../src/listen.js';
import { createServer } from '../../src/server.js';
import type { Site } from '../../src/site.js';
import type { Store } from '../../src/store/store.js';
import { adoptIssuers } from '../../src/tenant/management-api.js';
import { applySeed, type Seed } from '../../src/tenant/seed.js';
import { createSigningKeys, type SigningKey } from '../../src/tenant/signing-keys.js';
import { createAsk, type Ask } from './ask.js';
import { createTrialState, type TrialState } from './trial-state.js';
import { trialSeed } from './trial-tenant.js';

/** A tenant whose state is open to its test, whose clock stands still, and that serves real requests. */
export interface OpenTenant extends TrialState {
  readonly site: Site;
  readonly ask: Ask;
  close(): Promise<void>;
}

/** Made once for all tenants of a file: it takes longer than everything else. */
let keys: Promise<SigningKey[]> | undefined;

/** Opens a tenant with a seed, the trial tenant's by default; in memory, unless there is a store. */
export async function openTenant(seed: Seed = trialSeed, store?: Store): Promise<OpenTenant> {
  const state = createTrialState(store);
  const { tenant } = state;
  const listener = await listen(['127.0.0.1', '::1'], 0, { option: '--port' });
  const url = `http://localhost:${listener.port}`;
  const site = { tenant, url, issuer: `${url}/`, isSecure: false };
  tenant.issuers = [site.issuer, 'https://localhost:4443/'];
  adoptIssuers(tenant);
  keys ??= createSigningKeys(tenant);
  for (const key of await keys) tenant.store.signingKeys.put(key.kid, key);
  await applySeed(tenant, seed);
  const nothing = (): void => {};
  const control = { secret: 'of the owner', status: () => ({}), reset: async () => {}, stop: nothing };
  const ports = [listener.port];
  listener.serve(createServer(site, { control, allowedHosts: [], dashboard: 'loopback', ports }));
  return {
    ...state,
    site,
    ask: createAsk(url),
    close: async () => {
      await listener.close();
      tenant.store.close();
    },
  };
}

/** The same for one test, which need not close it. */
export async function openTenantForTest(seed?: Seed): Promise<OpenTenant> {
  const open = await openTenant(seed);
  onTestFinished(() => open.close());
  return open;
}
