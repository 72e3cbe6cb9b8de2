import { longestTexts } from '../../../../src/tenant/longest-texts.ts';
import { changedMembers } from '../../../api/changed-members.ts';
import type { Api } from '../../../api/management.ts';
import { findTextError } from '../../../components/find-text-error.ts';
import type { FieldErrors } from '../../../components/form.tsx';
import { foundErrors } from '../../../components/found-errors.ts';
import type { JwtProfile } from '../jwt-profile-field.tsx';

/** The settings of an API as the form has them. */
export interface ApiSettings {
  readonly name: string;
  /** In seconds, as it is typed. */
  readonly token_lifetime: string;
  readonly token_lifetime_for_web: string;
  readonly profile: JwtProfile;
  readonly enforce_policies: boolean;
  readonly hasPermissionsInToken: boolean;
  readonly user: Api['subject_type_authorization']['user']['policy'];
  readonly client: Api['subject_type_authorization']['client']['policy'];
  readonly allow_offline_access: boolean;
  readonly skip_consent_for_verifiable_first_party_clients: boolean;
  /** What tokens are bound to. */
  readonly mechanism: PossessionSetting['mechanism'] | 'none';
  /** Of whom a proof is required. */
  readonly requirement: 'never' | NonNullable<PossessionSetting['required_for']>;
}

type PossessionSetting = NonNullable<Api['proof_of_possession']>;

const longestLifetime = 2_592_000;
const suffix = '_authz';

/** What the form shows of an API. */
export function readSettings(api: Api): ApiSettings {
  const dialect = api.token_dialect ?? 'access_token';
  return {
    name: api.name ?? '',
    token_lifetime: String(api.token_lifetime),
    token_lifetime_for_web: String(api.token_lifetime_for_web),
    profile: dialect.startsWith('rfc9068') ? 'rfc9068_profile' : 'access_token',
    enforce_policies: api.enforce_policies ?? false,
    hasPermissionsInToken: dialect.endsWith(suffix),
    user: api.subject_type_authorization.user.policy,
    client: api.subject_type_authorization.client.policy,
    allow_offline_access: api.allow_offline_access,
    skip_consent_for_verifiable_first_party_clients: api.skip_consent_for_verifiable_first_party_clients,
    mechanism: api.proof_of_possession?.mechanism ?? 'none',
    requirement: readRequirement(api.proof_of_possession),
  };
}

/** What is wrong with the settings before they are sent. */
export function findSettingErrors(value: ApiSettings): FieldErrors {
  return foundErrors({
    name: findTextError(value.name, {
      longest: longestTexts.api.name,
      empty: 'Give it a name.',
      hasBrackets: false,
    }),
    token_lifetime: findLifetimeError(value.token_lifetime),
    token_lifetime_for_web: findLifetimeError(value.token_lifetime_for_web),
  });
}

/** The body that changes what was changed. */
export function changedSettings(saved: ApiSettings, value: ApiSettings): object {
  return changedMembers(toBody(saved), toBody(value));
}

function toBody({
  profile,
  hasPermissionsInToken,
  user,
  client,
  mechanism,
  requirement,
  ...value
}: ApiSettings): Record<string, unknown> {
  return {
    ...value,
    name: value.name.trim(),
    token_lifetime: Number(value.token_lifetime),
    token_lifetime_for_web: Number(value.token_lifetime_for_web),
    // The permissions are those that RBAC decides about.
    token_dialect: value.enforce_policies && hasPermissionsInToken ? profile + suffix : profile,
    subject_type_authorization: { user: { policy: user }, client: { policy: client } },
    proof_of_possession: mechanism === 'none' ? null : toPossession(mechanism, requirement),
  };
}

function readRequirement(setting: Api['proof_of_possession']): ApiSettings['requirement'] {
  return setting?.required === true ? (setting.required_for ?? 'all_clients') : 'never';
}

/** Whoever requires it of all says no more than that. */
function toPossession(
  mechanism: PossessionSetting['mechanism'],
  requirement: ApiSettings['requirement'],
): PossessionSetting {
  const required = requirement !== 'never';
  // Public applications have no certificates.
  const isPublic = requirement === 'public_clients' && mechanism === 'dpop';
  return { mechanism, required, ...(isPublic && { required_for: requirement }) };
}

function findLifetimeError(typed: string): string | undefined {
  const isWhole = /^\d+$/.test(typed.trim());
  return isWhole && Number(typed) <= longestLifetime
    ? undefined
    : `Write a whole number of seconds from 0 to ${longestLifetime}, which is 30 days.`;
}
