import { reservedScopes } from '../../../../src/tenant/reserved-scopes.ts';
import type { FieldErrors } from '../../../components/form.tsx';
import type { Scopes } from './change-scopes.ts';

/** A permission as it is typed. */
export interface PermissionInput {
  readonly value: string;
  readonly description: string;
}

const longestValue = 280;
const longestDescription = 500;

/** What is wrong with a permission before it is sent. */
export function findPermissionErrors({ value, description }: PermissionInput, scopes: Scopes): FieldErrors {
  const problem = findValueError(value.trim(), scopes);
  return {
    ...(problem !== undefined && { value: problem }),
    ...(description.trim().length > longestDescription && {
      description: `At most ${longestDescription} characters.`,
    }),
  };
}

function findValueError(value: string, scopes: Scopes): string | undefined {
  if (value === '') return 'Give it a name, like read:messages.';
  if (value.length > longestValue) return `At most ${longestValue} characters.`;
  if (/\s/.test(value)) return 'No white space: it separates the scopes of a token. Add them one by one.';
  if (!/^[\x21\x23-\x5B\x5D-\x7E]+$/.test(value)) {
    return 'Only letters, digits and signs of ASCII, and no double quote or backslash (RFC 6749).';
  }
  if (reservedScopes.has(value)) {
    return `${value} is reserved by OpenID Connect and cannot be a permission of an API. Choose another name, like read:${value}.`;
  }
  if (scopes.some((scope) => scope.value === value)) return 'This API has it already.';
  return undefined;
}
