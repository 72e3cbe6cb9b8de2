import type { Application } from '../tenant/applications.js';
import { TenantError } from '../tenant/tenant-error.js';
import { fieldNames, type FieldsQuery } from './select-fields.js';

/** What every reader sees of an application. */
const summary = ['client_id', 'app_type', 'name', 'description'];

/** What only those see who may see secrets. */
const secrets = ['client_secret', 'client_authentication_methods', 'encryption_key', 'signing_keys'];

/** An application as a token may see it: to the public keys there are only ids, and what is secret is left out. */
export function showClient(application: Application, scopes: ReadonlySet<string>): object {
  const { credentials, disabled_credentials, ...client } = application;
  const entries = Object.entries(client).filter(([name]) => isReadable(name, scopes));
  return Object.fromEntries(entries);
}

/** @throws TenantError: a query names what the token may not see. */
export function checkReadable(scopes: ReadonlySet<string>, query: FieldsQuery): void {
  if (query.include_fields === false) return;
  const hidden = fieldNames(query).filter((name) => !isReadable(name.split('.')[0] ?? '', scopes));
  if (hidden.length === 0) return;
  throw new TenantError(
    'forbidden',
    'insufficient_scope',
    `You cannot read the following fields: ${hidden.join(', ')}`,
  );
}

function isReadable(name: string, scopes: ReadonlySet<string>): boolean {
  if (summary.includes(name)) return true;
  if (secrets.includes(name)) return scopes.has('read:client_keys') || scopes.has('read:client_credentials');
  // Who writes applications sees what was written.
  return ['read:clients', 'read:client_keys', 'create:clients', 'update:clients', 'update:client_keys'].some(
    (scope) => scopes.has(scope),
  );
}
