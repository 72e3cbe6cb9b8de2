import { isClientToken } from '@auth0/auth0-api-js';
import { describe, expect, it } from 'vitest';

describe('isClientToken', () => {
  it.each([
    { sub: 'app-1@clients', azp: 'app-1' },
    { sub: 'app-1@clients', azp: 'app-1', gty: 'client-credentials' },
    { sub: 'app-1', client_id: 'app-1' },
    { sub: 'app-1', azp: 'app-1' },
    { gty: 'client-credentials' },
  ])('E12 knows an application by %j', (claims) => {
    expect(isClientToken(claims)).toBe(true);
  });

  it.each([
    { sub: 'auth0|user-1', azp: 'app-1' },
    { sub: 'auth0|user-1', client_id: 'app-1', gty: 'password' },
    { sub: '', client_id: '' },
    { sub: ['app-1'], client_id: ['app-1'] },
    { client_id: 'app-1' },
    Object.create({ gty: 'client-credentials' }) as Record<string, unknown>,
  ])('E12 takes %j for a user, or for nobody', (claims) => {
    expect(isClientToken(claims)).toBe(false);
  });
});
