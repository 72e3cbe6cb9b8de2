import { longestTexts } from '../../../src/tenant/longest-texts.ts';
import { findTextError } from '../../components/find-text-error.ts';
import type { FieldErrors } from '../../components/form.tsx';
import { foundErrors } from '../../components/found-errors.ts';

/** A role as it is typed. */
export interface RoleInput {
  readonly name: string;
  readonly description: string;
}

/** What is wrong with a role before it is sent. */
export function findRoleErrors({ name, description }: RoleInput): FieldErrors {
  const { role: longest } = longestTexts;
  return foundErrors({
    name: findTextError(name, { longest: longest.name, empty: 'Give it a name.' }),
    description: findTextError(description, { longest: longest.description }),
  });
}

/** What is said where another role is called the same. */
export const roleConflict: FieldErrors = { name: 'Another role has this name: choose another.' };

/** A role without the white space around its words. */
export function trimRole({ name, description }: RoleInput): RoleInput {
  return { name: name.trim(), description: description.trim() };
}
