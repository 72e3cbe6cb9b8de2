import type { ClientGrant } from '../../tenant/client-grants.js';
import type { Resource } from './resource.js';

/** Which application may have tokens for which API. */
export const clientGrantResource: Resource<ClientGrant> = {
  command: 'client-grants',
  noun: 'client grant',
  plural: 'client grants',
  title: 'client grant',
  argument: 'client-grant-id',
  path: 'client-grants',
  listKey: 'client_grants',
  idOf: ({ id }) => id,
  labelOf: ({ client_id: clientId, audience }) => `${clientId} → ${audience}`,
  listFields: [
    ['ID', ({ id }) => id],
    ['CLIENT ID', ({ client_id: clientId }) => clientId],
    ['AUDIENCE', ({ audience }) => audience],
    ['SUBJECT TYPE', ({ subject_type: type }) => type],
    ['SCOPES', describeScopes],
  ],
  detailFields: [
    ['ID', ({ id }) => id],
    ['CLIENT ID', ({ client_id: clientId }) => clientId],
    ['AUDIENCE', ({ audience }) => audience, 'uncut'],
    ['SCOPES', describeScopes],
    ['SUBJECT TYPE', ({ subject_type: type }) => type],
    ['ORGANIZATION USAGE', ({ organization_usage: usage }) => usage ?? undefined],
  ],
};

function describeScopes({ scope = [], allow_all_scopes: isAll = false }: ClientGrant): string {
  return isAll ? '(all)' : scope.join(' ');
}
