import { TenantError } from '../tenant/tenant-error.js';

/** The members of a body that need another scope than the rest, and which. */
export interface WritePolicy {
  readonly verb: 'create' | 'update';
  readonly scope: string;
  readonly special: ReadonlyMap<string, string>;
}

/** @throws TenantError: the body has members that the token may not write. */
export function checkWritable(
  body: unknown,
  scopes: ReadonlySet<string>,
  { verb, scope, special }: WritePolicy,
): void {
  const names = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  const refused = names.filter((name) => !scopes.has(special.get(name) ?? scope));
  if (refused.length === 0) return;
  throw new TenantError(
    'forbidden',
    'insufficient_scope',
    `You cannot ${verb} the following fields: ${refused.join(', ')}`,
  );
}
