import type { Api } from '../../tenant/apis.js';
import { mark } from '../terminal/mark.js';
import type { Resource } from './resource.js';

/** APIs, in the Management API's words resource servers. */
export const apiResource: Resource<Api> = {
  command: 'apis',
  noun: 'api',
  plural: 'apis',
  title: 'API',
  argument: 'api-id|api-identifier',
  path: 'resource-servers',
  listKey: 'resource_servers',
  idOf: ({ id }) => id,
  labelOf: ({ name, identifier }) => name ?? identifier,
  secrets: ['signing_secret'],
  listFields: [
    ['ID', ({ id }) => id],
    ['NAME', ({ name }) => name],
    ['IDENTIFIER', ({ identifier }) => identifier],
    ['SCOPES', ({ scopes = [] }) => String(scopes.length)],
  ],
  detailFields: [
    ['ID', ({ id }) => id],
    ['NAME', ({ name }) => name ?? ''],
    ['IDENTIFIER', ({ identifier }) => identifier, 'uncut'],
    ['SCOPES', ({ scopes = [] }) => scopes.map(({ value }) => value).join(' ')],
    ['TOKEN LIFETIME', ({ token_lifetime: seconds }) => String(seconds)],
    ['ALLOW OFFLINE ACCESS', ({ allow_offline_access: isAllowed }) => mark(isAllowed)],
    ['SIGNING ALGORITHM', ({ signing_alg: algorithm }) => algorithm],
    ['SIGNING SECRET', ({ signing_secret: secret }) => secret, 'uncut'],
    ['ENFORCE POLICIES', ({ enforce_policies: isOn = false }) => mark(isOn)],
    ['TOKEN DIALECT', ({ token_dialect: dialect }) => dialect],
    ['PROOF OF POSSESSION', ({ proof_of_possession: proof }) => (proof ? JSON.stringify(proof) : undefined)],
    ['SUBJECT TYPE AUTHORIZATION', ({ subject_type_authorization: access }) => JSON.stringify(access)],
  ],
};
