import { TenantError } from '../tenant/tenant-error.js';

/** The members of a body that need another scope than the rest, and which. */
export interface WritePolicy {
  readonly verb: 'create' | 'update';
  readonly scope: string;
  readonly special: Readonly<Record<string, string>>;
}

/** @throws TenantError: the body has members that the token may not write. */
export function checkWritable(
  body: unknown,
  scopes: ReadonlySet<string>,
  { verb, scope, special }: WritePolicy,
): void {
  const names = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  // A member can have the name of one that every object inherits.
  const scopeOf = (name: string): string =>
    (Object.hasOwn(special, name) ? special[name] : undefined) ?? scope;
  const refused = names.filter((name) => !scopes.has(scopeOf(name)));
  if (refused.length === 0) return;
  throw new TenantError(
    'forbidden',
    'insufficient_scope',
    `You cannot ${verb} the following fields: ${refused.join(', ')}`,
  );
}
