import type { CheckName } from './check-names.js';
import { describeApplication } from './describe-application.js';
import {
  describeAudience,
  describeBinding,
  describeClaims,
  describeExpiry,
  describeIssuedAt,
  describeLifetime,
  describeNotBefore,
  describeScopes,
  describeTimesPresent,
  listDemands,
} from './describe-claims.js';
import {
  describeAlgorithm,
  describeForm,
  describeHeaderExtensions,
  describeIssuer,
  describeKey,
  describeKeyId,
  describeSignature,
  describeType,
  type CheckDescription,
} from './describe-token.js';
import type { Evidence } from './evidence.js';

/** A check of the pipeline, as an explanation shows it. */
export interface Check extends CheckDescription {
  readonly name: CheckName;
  readonly title: string;
  /** Whether the options ask for it at all; always, where it is absent. */
  readonly isMade?: (evidence: Evidence) => boolean;
}

/** Every check in the order in which the pipeline makes them; scopes are asked for behind it, if they are. */
export const checks: readonly Check[] = [
  { name: 'form', title: 'The token is a JWT of three parts', ...describeForm },
  { name: 'header_extensions', title: 'No header extensions', ...describeHeaderExtensions },
  { name: 'type', title: 'Type', ...describeType },
  { name: 'algorithm', title: 'Algorithm', ...describeAlgorithm },
  { name: 'key_id', title: 'Key id', ...describeKeyId },
  { name: 'issuer', title: 'Issuer', ...describeIssuer },
  { name: 'key', title: 'Signing key', ...describeKey },
  { name: 'signature', title: 'Signature', ...describeSignature },
  { name: 'audience', title: 'Audience', ...describeAudience },
  {
    name: 'claims',
    title: 'Required claims',
    isMade: ({ policy }) => listDemands(policy).length > 0,
    ...describeClaims,
  },
  { name: 'times_present', title: 'Times are there', ...describeTimesPresent },
  { name: 'issued_at', title: 'Issued in the past', ...describeIssuedAt },
  { name: 'not_before', title: 'Valid already', ...describeNotBefore },
  { name: 'expiry', title: 'Not expired', ...describeExpiry },
  {
    name: 'lifetime',
    title: 'Age and lifetime',
    isMade: ({ policy }) => (policy.maxTokenAgeSeconds ?? policy.maxTokenLifetimeSeconds) !== undefined,
    ...describeLifetime,
  },
  { name: 'binding', title: 'Sender constraint', ...describeBinding },
  {
    name: 'application',
    title: "The API's own check",
    isMade: ({ policy }) => policy.validate.length > 0,
    ...describeApplication,
  },
  { name: 'scopes', title: 'Scopes', isMade: ({ scopes }) => scopes.length > 0, ...describeScopes },
];
