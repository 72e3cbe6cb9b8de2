import type { FieldErrors } from '../../components/form.tsx';

/** A role as it is typed. */
export interface RoleInput {
  readonly name: string;
  readonly description: string;
}

/** What is wrong with a role before it is sent. */
export function findRoleErrors({ name }: RoleInput): FieldErrors {
  return name.trim() === '' ? { name: 'Give it a name.' } : {};
}

/** A role without the white space around its words. */
export function trimRole({ name, description }: RoleInput): RoleInput {
  return { name: name.trim(), description: description.trim() };
}
