import type { UnavailableReason } from '../events.js';
import type { RefusalReason } from '../reasons.js';

/** The checks of the pipeline as a person would name them: stable ids. */
export type CheckName =
  | 'form'
  | 'header_extensions'
  | 'type'
  | 'algorithm'
  | 'key_id'
  | 'issuer'
  | 'key'
  | 'signature'
  | 'audience'
  | 'claims'
  | 'times_present'
  | 'issued_at'
  | 'not_before'
  | 'expiry'
  | 'lifetime'
  | 'binding'
  | 'application'
  | 'scopes';

/** Reasons that the proof or the certificate beside a token gives. */
type RequestBindingReason =
  | Extract<RefusalReason, `proof_${string}` | `http_${string}`>
  | 'nonce_required'
  | 'dpop_binding_missing'
  | 'dpop_binding_mismatch'
  | 'certificate_binding_missing'
  | 'certificate_binding_mismatch'
  | Extract<UnavailableReason, `replay_${string}`>;

/** Reasons that a token alone cannot cause: the request, another function of the library or a route's own check does. */
type ReasonOutside =
  | 'credentials_ambiguous'
  | 'invalid_auth_scheme'
  | 'actor_malformed'
  | RequestBindingReason
  | 'not_authenticated'
  | 'claim_check_failed';

/** The reasons that one of the checks gives. */
export type CheckedReason = Exclude<RefusalReason | UnavailableReason, ReasonOutside>;

/** The check that gives a reason. A new reason does not compile until it has one, or is declared outside. */
const checkOfReason: Readonly<Record<CheckedReason, CheckName>> = {
  credentials_missing: 'form',
  token_too_large: 'form',
  token_opaque: 'form',
  token_encrypted: 'form',
  token_malformed: 'form',
  header_malformed: 'form',

  critical_header: 'header_extensions',
  encryption_header: 'header_extensions',
  type_not_accepted: 'type',
  algorithm_missing: 'algorithm',
  algorithm_symmetric: 'algorithm',
  algorithm_not_allowed: 'algorithm',
  key_id_invalid: 'key_id',

  issuer_missing: 'issuer',
  issuer_mismatch: 'issuer',
  domains_resolver_failed: 'issuer',
  too_many_issuers: 'issuer',
  issuer_unreachable: 'key',
  issuer_metadata_invalid: 'key',
  issuer_keys_invalid: 'key',
  client_closed: 'key',
  unknown_key: 'key',
  signature_invalid: 'signature',

  audience_missing: 'audience',
  audience_mismatch: 'audience',
  id_token: 'audience',
  claim_missing: 'claims',
  claim_invalid: 'claims',
  claim_mismatch: 'claims',
  expiry_missing: 'times_present',
  expiry_invalid: 'times_present',
  issued_at_missing: 'times_present',
  issued_at_invalid: 'times_present',
  not_before_invalid: 'times_present',
  issued_in_future: 'issued_at',
  token_not_yet_valid: 'not_before',
  token_expired: 'expiry',
  token_too_old: 'lifetime',
  lifetime_not_accepted: 'lifetime',

  confirmation_invalid: 'binding',
  confirmation_unknown: 'binding',
  dpop_bound_token: 'binding',
  certificate_bound_token: 'binding',
  claims_rejected: 'application',
  insufficient_scope: 'scopes',
};

/** The check that gives a reason. A reason that is none of this library's is the application's own. */
export function findCheckName(reason: string): CheckName {
  return Object.hasOwn(checkOfReason, reason) ? checkOfReason[reason as CheckedReason] : 'application';
}
