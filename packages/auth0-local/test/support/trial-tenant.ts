import { createTenant, type RunningTenant, type Seed, type TenantOptions } from 'auth0-local';
import { createAsk, type Ask, type TrialAnswer } from './ask.js';

/** The identifier of the API that every trial tenant has. */
export const audience = 'https://my-express-api.example.com';

/** Ids and secrets of the applications of a trial tenant. */
export const applications = {
  /** Machine to machine, with a grant of `read:messages` and `write:messages`. */
  machine: { client_id: 'machine-client', client_secret: 'machine-secret' },
  /** Machine to machine, without any grant. */
  stranger: { client_id: 'stranger-client', client_secret: 'stranger-secret' },
  /** A regular web application with every grant type that involves a user. */
  web: { client_id: 'web-client', client_secret: 'web-secret' },
  /** A single-page application. */
  spa: { client_id: 'spa-client' },
} as const;

export const users = {
  plain: { email: 'plain@example.com', password: 'plain-password', user_id: 'auth0|plain' },
  admin: { email: 'admin@example.com', password: 'admin-password', user_id: 'auth0|admin' },
} as const;

const withUsers = [
  'authorization_code',
  'refresh_token',
  'password',
  'urn:ietf:params:oauth:grant-type:device_code',
];

/** What a trial tenant has. */
export const trialSeed: Seed = {
  resourceServers: [
    {
      name: 'My Express API',
      identifier: audience,
      allow_offline_access: true,
      skip_consent_for_verifiable_first_party_clients: true,
      scopes: ['read:messages', 'write:messages', 'read:admin'].map((value) => ({ value })),
    },
  ],
  clients: [
    {
      ...applications.machine,
      name: 'Machine',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
    },
    {
      ...applications.stranger,
      name: 'Stranger',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
    },
    {
      ...applications.web,
      name: 'Web',
      app_type: 'regular_web',
      grant_types: withUsers,
      callbacks: ['http://localhost:3000/callback'],
      allowed_logout_urls: ['http://localhost:3000/'],
    },
    {
      ...applications.spa,
      name: 'Single page',
      app_type: 'spa',
      callbacks: ['http://localhost:3000/'],
      web_origins: ['http://localhost:3000'],
      allowed_logout_urls: ['http://localhost:3000/'],
    },
  ],
  clientGrants: [{ client_id: 'machine-client', audience, scope: ['read:messages', 'write:messages'] }],
  roles: [
    { name: 'admin', permissions: [{ resource_server_identifier: audience, permission_name: 'read:admin' }] },
  ],
  users: [
    { email: users.plain.email, password: users.plain.password, user_id: 'plain' },
    {
      email: users.admin.email,
      password: users.admin.password,
      user_id: 'admin',
      app_metadata: { isAdmin: true },
      roles: ['admin'],
    },
  ],
};

/** A tenant in memory with something in it, and short ways to ask it. */
export interface TrialTenant {
  readonly tenant: RunningTenant;
  /** A request to the http listener; a body that is an object goes as JSON, `URLSearchParams` as a form. */
  readonly ask: Ask;
  /** A request to the Management API with a token that may do everything. */
  manage<Body = unknown>(method: string, path: string, body?: unknown): Promise<TrialAnswer<Body>>;
}

/** Starts a trial tenant. Close it with `tenant.close()`. */
export async function startTrialTenant(
  options: Pick<TenantOptions, 'seed' | 'now' | 'dashboard' | 'issuer'> = {},
): Promise<TrialTenant> {
  const tenant = await createTenant({ ephemeral: true, seed: trialSeed, ...options });
  const ask = createAsk(tenant.domain);
  return {
    tenant,
    ask,
    manage: async <Body>(method: string, path: string, body?: unknown) =>
      ask<Body>(method, `/api/v2${path}`, {
        body,
        headers: { authorization: `Bearer ${await tenant.managementToken()}` },
      }),
  };
}
