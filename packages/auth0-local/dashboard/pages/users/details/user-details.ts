import { changedMembers } from '../../../api/changed-members.ts';
import type { ShownUser } from '../../../api/management.ts';
import type { FieldErrors } from '../../../components/form.tsx';
import { foundErrors } from '../../../components/found-errors.ts';
import { findEmailError, findNameError } from '../find-user-errors.ts';
import { readMetadata, writeMetadata, type Metadata } from './read-metadata.ts';

/** Metadata as they are typed. */
export interface TypedMetadata {
  readonly text: string;
  /** What they were when somebody began to type: what was added meanwhile is not removed. */
  readonly before: Metadata;
}

/** What of a user can be changed, as the form has it. */
export interface UserDetails {
  readonly email: string;
  readonly name: string;
  readonly nickname: string;
  readonly email_verified: boolean;
  readonly blocked: boolean;
  readonly user_metadata: TypedMetadata;
  readonly app_metadata: TypedMetadata;
}

/** What the form shows of a user. */
export function readDetails(user: ShownUser): UserDetails {
  const type = (before: Metadata = {}): TypedMetadata => ({ text: writeMetadata(before), before });
  return {
    email: user.email,
    name: user.name,
    nickname: user.nickname,
    email_verified: user.email_verified,
    blocked: user.blocked ?? false,
    user_metadata: type(user.user_metadata),
    app_metadata: type(user.app_metadata),
  };
}

/** What is wrong with the details before they are sent. */
export function findDetailErrors(value: UserDetails): FieldErrors {
  return foundErrors({
    email: findEmailError(value.email),
    name: findNameError(value.name, 'It cannot be empty.'),
    nickname: findNameError(value.nickname, 'It cannot be empty.'),
    user_metadata: findMetadataError(value.user_metadata),
    app_metadata: findMetadataError(value.app_metadata),
  });
}

function findMetadataError({ text }: TypedMetadata): string | undefined {
  const read = readMetadata(text);
  return 'problem' in read ? read.problem : undefined;
}

/** The body that changes what was changed, and nothing else. */
export function changedDetails(saved: UserDetails, value: UserDetails): object {
  const { user_metadata: userData, app_metadata: appData } = value;
  return {
    ...changedMembers(readProfile(saved), readProfile(value)),
    ...changedMetadata('user_metadata', userData),
    ...changedMetadata('app_metadata', appData),
  };
}

function readProfile({ email, name, nickname, email_verified, blocked }: UserDetails) {
  return { email: email.trim(), name: name.trim(), nickname: nickname.trim(), email_verified, blocked };
}

/** Metadata are merged with what is there: what is to go is sent as null. */
function changedMetadata(name: 'user_metadata' | 'app_metadata', { text, before }: TypedMetadata): object {
  const read = readMetadata(text);
  if ('problem' in read) return {};
  const removed = Object.keys(before).filter((key) => !Object.hasOwn(read.value, key));
  const change = {
    ...changedMembers(before, read.value),
    ...Object.fromEntries(removed.map((key) => [key, null])),
  };
  return Object.keys(change).length === 0 ? {} : { [name]: change };
}
