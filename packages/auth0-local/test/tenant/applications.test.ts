import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  addCredential,
  deleteCredential,
  getCredential,
  updateCredential,
} from '../../src/tenant/application-credentials.js';
import {
  allowedOrigins,
  createApplication,
  deleteApplication,
  getApplication,
  rotateSecret,
  updateApplication,
  type Application,
} from '../../src/tenant/applications.js';
import { listCredentials } from '../../src/tenant/authentication-methods.js';
import { createArtifact } from '../../src/tenant/artifacts.js';
import { recordConsent } from '../../src/tenant/consents.js';
import { exportSeed } from '../../src/tenant/export-seed.js';
import type { Tenant } from '../../src/tenant/tenant.js';
import { createTrialState } from '../support/trial-state.js';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = {
  credential_type: 'public_key',
  pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  alg: 'ES256',
};
const methods = (...credentials: unknown[]): object => ({
  client_authentication_methods: { private_key_jwt: { credentials } },
});

let tenant: Tenant;
let application: Application;

beforeEach(() => {
  ({ tenant } = createTrialState());
  application = createApplication(tenant, { name: 'App' }, { client_id: 'app' });
  return () => tenant.store.close();
});

const enabled = (): unknown[] => getApplication(tenant, 'app').credentials.map(({ id }) => id);

describe('createApplication', () => {
  it.each([
    ['native', 'none'],
    ['spa', 'none'],
    ['regular_web', 'client_secret_post'],
    ['non_interactive', 'client_secret_post'],
    [undefined, 'client_secret_post'],
  ])('lets an application of type %s authenticate by %s', (type, method) => {
    const { token_endpoint_auth_method: actual } = createApplication(tenant, {
      name: 'x',
      ...(type !== undefined && { app_type: type }),
    });
    expect(actual).toBe(method);
  });

  it('prefers what it is told from outside: a seed, then a body', () => {
    const body = { name: 'x', client_secret: 'of the body' };
    expect(createApplication(tenant, body).client_secret).toBe('of the body');
    expect(createApplication(tenant, body, { client_secret: 'of the seed' }).client_secret).toBe(
      'of the seed',
    );
    expect(application.client_secret).toMatch(/^[\w-]{64}$/);
  });
});

describe('the keys of an application', () => {
  it('are not used before its methods name them', () => {
    const { id } = addCredential(tenant, 'app', key);
    expect([enabled(), listCredentials(getApplication(tenant, 'app'))]).toMatchObject([[], [{ id }]]);
    updateApplication(tenant, 'app', methods({ id }));
    expect(enabled()).toEqual([id]);
  });

  it('are kept and no longer used when its methods name others', () => {
    updateApplication(tenant, 'app', methods(key));
    const [first] = enabled();
    updateApplication(tenant, 'app', methods(key));
    expect(enabled()).not.toContain(first);
    expect(listCredentials(getApplication(tenant, 'app'))).toHaveLength(2);
    updateApplication(tenant, 'app', methods({ id: first }));
    expect(enabled()).toEqual([first]);
    expect(listCredentials(getApplication(tenant, 'app'))).toHaveLength(2);
  });

  it('stay as they are when something else changes', () => {
    updateApplication(tenant, 'app', methods(key));
    const before = getApplication(tenant, 'app');
    expect(updateApplication(tenant, 'app', { description: 'x' })).toEqual({ ...before, description: 'x' });
  });

  it('give way to the secret again', () => {
    updateApplication(tenant, 'app', methods(key));
    expect(getApplication(tenant, 'app').token_endpoint_auth_method).toBeNull();
    const back = updateApplication(tenant, 'app', { client_authentication_methods: null });
    expect(back).toMatchObject({ token_endpoint_auth_method: 'client_secret_post', credentials: [] });
    expect(back).not.toHaveProperty('client_authentication_methods');
    expect(listCredentials(back)).toHaveLength(1);
  });

  it('are changed and deleted where they are', () => {
    updateApplication(tenant, 'app', methods(key));
    const [id] = enabled() as [string];
    const spare = addCredential(tenant, 'app', key);
    const end = { expires_at: '2030-01-01T00:00:00Z' };
    for (const one of [id, spare.id]) {
      updateCredential(tenant, 'app', one, end);
      expect(getCredential(getApplication(tenant, 'app'), one)).toMatchObject(end);
    }
    expect(enabled()).toEqual([id]);
    deleteCredential(tenant, 'app', id);
    expect(listCredentials(getApplication(tenant, 'app'))).toMatchObject([{ id: spare.id }]);
    expect(getApplication(tenant, 'app').client_authentication_methods).toEqual({
      private_key_jwt: { credentials: [] },
    });
  });

  it('do not appear with a deleted one among the methods of an application that has none', () => {
    const { id } = addCredential(tenant, 'app', key);
    deleteCredential(tenant, 'app', id);
    expect(getApplication(tenant, 'app')).not.toHaveProperty('client_authentication_methods');
  });

  it('are exported if they are used', () => {
    updateApplication(tenant, 'app', methods(key));
    addCredential(tenant, 'app', key);
    expect(exportSeed(tenant).clients).toMatchObject([
      { client_authentication_methods: { private_key_jwt: { credentials: [key] } } },
    ]);
  });

  it('are not there together with a method that needs a secret', () => {
    const secret = { token_endpoint_auth_method: 'client_secret_basic' };
    const exclusive = 'mutually exclusive';
    expect(() => createApplication(tenant, { name: 'x', ...secret, ...methods(key) })).toThrow(exclusive);
    updateApplication(tenant, 'app', methods(key));
    expect(() => updateApplication(tenant, 'app', secret)).toThrow(exclusive);
    expect(() => rotateSecret(tenant, 'app')).toThrow('cannot be rotated');
    updateApplication(tenant, 'app', { ...secret, client_authentication_methods: null });
    expect(rotateSecret(tenant, 'app').client_secret).not.toBe(application.client_secret);
  });
});

describe('deleteApplication', () => {
  it('deletes everything that an application was given', () => {
    createArtifact(tenant, 'refresh_token', { lifetimeSeconds: 60, client_id: 'app', data: {} });
    createArtifact(tenant, 'refresh_token', { lifetimeSeconds: 60, client_id: 'other', data: {} });
    recordConsent(tenant, { client_id: 'app', user_id: 'auth0|x', audience: 'urn:a', scope: ['a'] });
    for (const attempt of [1, 2]) {
      deleteApplication(tenant, 'app');
      const { applications, artifacts, consents } = tenant.store;
      expect([attempt, applications.count(), artifacts.count(), consents.count()]).toEqual([
        attempt,
        0,
        1,
        0,
      ]);
    }
  });
});

describe('allowedOrigins', () => {
  it('are those an application lists, and those of its callbacks', () => {
    const updated = updateApplication(tenant, 'app', {
      allowed_origins: ['https://a.example/', 'https://b.example'],
      web_origins: ['https://b.example'],
      callbacks: ['https://c.example/cb?x=1', 'myapp://callback', 'no url'],
    });
    expect(allowedOrigins(updated)).toEqual(['https://a.example', 'https://b.example', 'https://c.example']);
    expect(allowedOrigins(application)).toEqual([]);
  });
});
