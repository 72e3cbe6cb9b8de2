import { longestTexts } from '../../../../src/tenant/longest-texts.ts';
import type { Application } from '../../../api/management.ts';
import { changedMembers } from '../../../api/changed-members.ts';
import { findTextError } from '../../../components/find-text-error.ts';
import type { FieldErrors } from '../../../components/form.tsx';
import { foundErrors } from '../../../components/found-errors.ts';
import { findApplicationNameError } from '../find-application-name-error.ts';
import { findOriginError, findUrlError, readUrls } from './read-urls.ts';
import {
  findRefreshTokenErrors,
  readRefreshTokenSettings,
  toRefreshTokenPolicy,
  type RefreshTokenSettings,
} from './refresh-token-settings.ts';

/** The lists of URLs, a URL a line. */
export const urlFields = ['callbacks', 'allowed_logout_urls', 'web_origins', 'allowed_origins'] as const;
export type UrlField = (typeof urlFields)[number];

/** The settings of an application as the form has them. */
export interface ApplicationSettings extends Readonly<Record<UrlField, string>>, RefreshTokenSettings {
  readonly name: string;
  readonly description: string;
  readonly app_type: Application['app_type'];
  readonly is_first_party: boolean;
  readonly require_proof_of_possession: boolean;
  /** Nothing where it authenticates with keys. */
  readonly token_endpoint_auth_method: NonNullable<Application['token_endpoint_auth_method']> | undefined;
  readonly grant_types: Application['grant_types'];
}

/** A part of the form that shows some of the settings. */
export interface SettingsPart {
  readonly value: ApplicationSettings;
  readonly set: (change: Partial<ApplicationSettings>) => void;
  readonly errors: FieldErrors;
}

/** What the form shows of an application. */
export function readSettings(application: Application): ApplicationSettings {
  const urls = Object.fromEntries(urlFields.map((field) => [field, (application[field] ?? []).join('\n')]));
  return {
    ...(urls as Record<UrlField, string>),
    ...readRefreshTokenSettings(application.refresh_token),
    name: application.name,
    description: application.description ?? '',
    app_type: application.app_type,
    is_first_party: application.is_first_party,
    require_proof_of_possession: application.require_proof_of_possession ?? false,
    token_endpoint_auth_method: application.token_endpoint_auth_method ?? undefined,
    grant_types: application.grant_types.toSorted(),
  };
}

/** What is wrong with the settings before they are sent. */
export function findSettingErrors(value: ApplicationSettings): FieldErrors {
  return foundErrors({
    name: findApplicationNameError(value.name),
    description: findTextError(value.description, { longest: longestTexts.application.description }),
    callbacks: findUrlError(value.callbacks),
    allowed_logout_urls: findUrlError(value.allowed_logout_urls),
    web_origins: findOriginError(value.web_origins),
    allowed_origins: findOriginError(value.allowed_origins),
    ...findRefreshTokenErrors(value),
  });
}

/** The body that changes what was changed. */
export function changedSettings(saved: ApplicationSettings, value: ApplicationSettings): object {
  const before = toBody(saved);
  const { refresh_token: policy, ...changed } = changedMembers(before, toBody(value));
  return {
    ...changed,
    ...(policy !== undefined && { refresh_token: changedMembers(before.refresh_token, policy) }),
  };
}

function toBody(value: ApplicationSettings) {
  const { token_endpoint_auth_method: method, grant_types: grantTypes } = value;
  const urls = Object.fromEntries(urlFields.map((field) => [field, readUrls(value[field])]));
  return {
    ...urls,
    name: value.name.trim(),
    description: value.description.trim(),
    app_type: value.app_type,
    is_first_party: value.is_first_party,
    require_proof_of_possession: value.require_proof_of_possession,
    token_endpoint_auth_method: method,
    // They are made of the secret that it does not have.
    grant_types: method === 'none' ? grantTypes.filter((type) => type !== 'client_credentials') : grantTypes,
    refresh_token: toRefreshTokenPolicy(value),
  };
}
