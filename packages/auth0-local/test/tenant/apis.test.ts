import { beforeEach, describe, expect, it } from 'vitest';
import {
  canonicalIdentifier,
  createApi,
  deleteApi,
  findApi,
  getApi,
  scopeNames,
  updateApi,
} from '../../src/tenant/apis.js';
import { createArtifact, readArtifact } from '../../src/tenant/artifacts.js';
import { recordConsent } from '../../src/tenant/consents.js';
import { applySeed } from '../../src/tenant/seed.js';
import { managementIdentifier, type Tenant } from '../../src/tenant/tenant.js';
import { createTrialState } from '../support/trial-state.js';
import { audience, trialSeed } from '../support/trial-tenant.js';

let tenant: Tenant;

beforeEach(() => {
  ({ tenant } = createTrialState());
  return () => tenant.store.close();
});

describe('createApi', () => {
  it.each([
    [{}, 86_400, 7200],
    [{ token_lifetime: 3600 }, 3600, 3600],
    [{ token_lifetime: 10_000 }, 10_000, 7200],
    [{ token_lifetime: 60, token_lifetime_for_web: 30 }, 60, 30],
  ])('lets the tokens of %j live for %i s, in browsers for %i s', (given, lifetime, forWeb) => {
    expect(createApi(tenant, { identifier: 'urn:a', ...given })).toMatchObject({
      token_lifetime: lifetime,
      token_lifetime_for_web: forWeb,
    });
  });

  it.each([
    'http://localhost:5000/api/v2/',
    'https://127.0.0.1:4443/api/v2/',
    'HTTPS://[::1]/api/v2/',
    'http://tenant.localhost:1/api/v2/',
  ])('keeps %s for the Management API, which may be called that at another start', (identifier) => {
    expect(() => createApi(tenant, { identifier })).toThrow('is reserved for the Management API');
  });

  it.each([
    'http://localhost:5000/api/v2',
    'https://api.example.com/api/v2/',
    'http://localhost:5000/api/v2/x/',
  ])('takes %s', (identifier) => {
    expect(createApi(tenant, { identifier }).identifier).toBe(identifier);
  });

  it('makes a secret for HS256, and for nothing else', () => {
    const [a, b] = ['urn:a', 'urn:b'].map((identifier) =>
      createApi(tenant, { identifier, signing_alg: 'HS256' }),
    );
    expect(a?.signing_secret).toMatch(/^[\w-]{32}$/);
    expect(a?.signing_secret).not.toBe(b?.signing_secret);
    expect(createApi(tenant, { identifier: 'urn:c' })).not.toHaveProperty('signing_secret');
    const own = { identifier: 'urn:d', signing_alg: 'HS256', signing_secret: 'a secret of my own' };
    expect(createApi(tenant, own).signing_secret).toBe('a secret of my own');
  });
});

describe('updateApi', () => {
  it('makes a secret once the algorithm needs one, and keeps it', () => {
    createApi(tenant, { identifier: 'urn:a' });
    const { signing_secret: secret } = updateApi(tenant, 'urn:a', { signing_alg: 'HS256' });
    expect(secret).toMatch(/^[\w-]{32}$/);
    expect(updateApi(tenant, 'urn:a', { name: 'A' }).signing_secret).toBe(secret);
  });

  it('changes nothing if something in the body is wrong', async () => {
    await applySeed(tenant, trialSeed);
    const before = getApi(tenant, audience);
    const twice = [{ value: 'a' }, { value: 'a' }];
    expect(() => updateApi(tenant, audience, { name: 'x', scopes: twice })).toThrow(
      "Scope 'a' is there twice",
    );
    expect(getApi(tenant, audience)).toEqual(before);
  });

  it('takes a scope that went from roles, users and grants, and leaves the others', async () => {
    await applySeed(tenant, trialSeed);
    updateApi(tenant, audience, { scopes: [{ value: 'write:messages' }, { value: 'new' }] });
    expect(scopeNames(getApi(tenant, audience))).toEqual(['write:messages', 'new']);
    expect(tenant.store.clientGrants.list().map(({ scope }) => scope)).toEqual([['write:messages']]);
    expect(tenant.store.permissions.count()).toBe(0);
  });
});

describe('deleteApi', () => {
  it('takes what users have allowed with it', async () => {
    await applySeed(tenant, trialSeed);
    const consent = { user_id: 'auth0|plain', client_id: 'spa-client', audience, scope: ['read:messages'] };
    recordConsent(tenant, consent);
    const other = { ...consent, audience: 'urn:other' };
    recordConsent(tenant, other);
    const access = { audience, scopes: ['read:messages'], auth_time: 1 };
    const token = createArtifact(tenant, 'refresh_token', {
      lifetimeSeconds: 60,
      data: { access, issued_at: 1 },
    });
    deleteApi(tenant, audience);
    expect(tenant.store.consents.list()).toEqual([other]);
    expect(readArtifact(tenant, 'refresh_token', token)).toBeUndefined();
  });

  it('deletes by id and by identifier, and what is not there is no error', () => {
    const { id } = createApi(tenant, { identifier: 'urn:a' });
    createApi(tenant, { identifier: 'urn:b' });
    for (const key of [id, id, 'urn:b', 'urn:b', '']) deleteApi(tenant, key);
    expect(tenant.store.apis.count()).toBe(1);
  });
});

describe('the Management API', () => {
  it('is one, whatever a listener calls it', () => {
    const [own, other] = tenant.issuers.map(managementIdentifier);
    expect(canonicalIdentifier(tenant, other ?? '')).toBe(own);
    expect(findApi(tenant, other ?? '')).toEqual(findApi(tenant, own ?? ''));
    expect(canonicalIdentifier(tenant, 'https://elsewhere.example.com/api/v2/')).toBe(
      'https://elsewhere.example.com/api/v2/',
    );
  });

  it('cannot be changed, deleted or made again, by any of its names', () => {
    const { id } = getApi(tenant, managementIdentifier(tenant.issuers[0] ?? ''));
    for (const key of [id, ...tenant.issuers.map(managementIdentifier)]) {
      expect(() => updateApi(tenant, key, {})).toThrow('System resource servers cannot be patched');
      expect(() => deleteApi(tenant, key)).toThrow('System resource servers cannot be deleted');
      if (key !== id) expect(() => createApi(tenant, { identifier: key })).toThrow('already exists');
    }
  });
});
