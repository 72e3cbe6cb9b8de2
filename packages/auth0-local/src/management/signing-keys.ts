import {
  getSigningKey,
  listSigningKeys,
  revokeSigningKey,
  rotateSigningKeys,
  type SigningKey,
} from '../tenant/signing-keys.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';

/** The keys that tokens are signed with. */
export const signingKeys: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/keys/signing',
    scopes: ['read:signing_keys'],
    respond: ({ tenant }) => listSigningKeys(tenant).map(showSigningKey),
  }),
  defineEndpoint({
    method: 'get',
    path: '/keys/signing/:id',
    scopes: ['read:signing_keys'],
    respond: ({ tenant, id }) => showSigningKey(getSigningKey(tenant, id)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/keys/signing/rotate',
    scopes: ['create:signing_keys', 'update:signing_keys'],
    status: 201,
    respond: async ({ tenant }) => showCertificate(await rotateSigningKeys(tenant)),
  }),
  defineEndpoint({
    method: 'put',
    path: '/keys/signing/:id/revoke',
    scopes: ['update:signing_keys'],
    respond: async ({ tenant, id }) => showCertificate(await revokeSigningKey(tenant, id)),
  }),
];

/** The public half of a key, with its state as a member that is true. */
function showSigningKey({ private_pem, state, ...key }: SigningKey): object {
  return { ...key, [state]: true };
}

function showCertificate({ cert, kid }: SigningKey): object {
  return { cert, kid };
}
