import type { Seed } from 'auth0-local';
import { trialSeed } from './trial-tenant.js';

/** The trial tenant's seed with this setting of its API, and with a public application that may ask for passwords. */
export function boundSeed(proofOfPossession: object | null, more: object = {}): Seed {
  return {
    ...trialSeed,
    resourceServers: (trialSeed.resourceServers ?? []).map((api) => ({
      ...api,
      proof_of_possession: proofOfPossession,
    })),
    clients: [
      ...(trialSeed.clients ?? []).map((client) => ({ ...client, ...more })),
      {
        client_id: 'public-client',
        name: 'Public',
        app_type: 'native',
        grant_types: [
          'password',
          'refresh_token',
          'authorization_code',
          'urn:ietf:params:oauth:grant-type:device_code',
        ],
        callbacks: ['http://localhost:3000/callback'],
        ...more,
      },
    ],
  };
}
