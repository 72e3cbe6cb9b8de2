import { longestTexts } from '../../../../src/tenant/longest-texts.ts';
import { reservedScopes } from '../../../../src/tenant/reserved-scopes.ts';
import { describeLength, findTextError } from '../../../components/find-text-error.ts';
import type { FieldErrors } from '../../../components/form.tsx';
import { foundErrors } from '../../../components/found-errors.ts';
import type { Scopes } from './change-scopes.ts';

/** A permission as it is typed. */
export interface PermissionInput {
  readonly value: string;
  readonly description: string;
}

const { permission: longest } = longestTexts;

/** What is wrong with a permission before it is sent. */
export function findPermissionErrors({ value, description }: PermissionInput, scopes: Scopes): FieldErrors {
  return foundErrors({
    value: findValueError(value.trim(), scopes),
    description: findTextError(description, { longest: longest.description }),
  });
}

function findValueError(value: string, scopes: Scopes): string | undefined {
  if (value === '') return 'Give it a name, like read:messages.';
  if (value.length > longest.value) return describeLength(value.length, longest.value);
  if (/\s/.test(value)) return 'No white space: it separates the scopes of a token. Add them one by one.';
  if (!/^[\x21\x23-\x5B\x5D-\x7E]+$/.test(value)) {
    return 'Only letters, digits and signs of ASCII, and no double quote or backslash (RFC 6749).';
  }
  if (reservedScopes.has(value)) {
    return `${value} is reserved by OpenID Connect and cannot be a permission of an API. Choose another name, like read:${value}.`;
  }
  if (scopes.some((scope) => scope.value === value)) return 'This API has it already: write another.';
  return undefined;
}
