/**
 * Why a request is refused, and the words its caller reads.
 *
 * The key is the reason code of logs and events (`docs/errors.md` has a heading for each); the value goes to the
 * caller as `error_description`. Texts are fixed: nothing a caller sent is ever part of one.
 */
export const descriptions = {
  credentials_missing: '',
  credentials_ambiguous: 'More than one method used for authentication',
  invalid_auth_scheme: '',

  token_too_large: 'The access token is too large',
  token_opaque: 'The access token is not a JWT',
  token_encrypted: 'Encrypted access tokens are not supported',
  token_malformed: 'Invalid JWT',
  header_malformed: 'Invalid Token or Protected Header formatting',
  encryption_header: 'Encrypted access tokens are not supported',
  critical_header: 'The token uses a header extension that is not supported',
  type_not_accepted: 'The token is not of an accepted type',
  algorithm_missing: 'missing "alg" header',
  algorithm_symmetric: 'unsupported algorithm (symmetric algorithms are not supported)',
  algorithm_not_allowed: 'unsupported algorithm',
  key_id_invalid: 'Invalid Token or Protected Header formatting',

  issuer_missing: 'missing required "iss" claim',
  issuer_mismatch: 'unexpected "iss" claim value',
  unknown_key: 'no applicable key found in the JSON Web Key Set',
  signature_invalid: 'signature verification failed',

  audience_missing: 'missing required "aud" claim',
  audience_mismatch: 'unexpected "aud" claim value',
  id_token: 'unexpected "aud" claim value',
  issued_at_missing: 'missing required "iat" claim',
  issued_at_invalid: '"iat" claim must be a number',
  issued_in_future: '"iat" claim timestamp check failed (it should be in the past)',
  expiry_missing: 'missing required "exp" claim',
  expiry_invalid: '"exp" claim must be a number',
  token_expired: '"exp" claim timestamp check failed',
  not_before_invalid: '"nbf" claim must be a number',
  token_not_yet_valid: '"nbf" claim timestamp check failed',
  token_too_old: '"iat" claim timestamp check failed (too far in the past)',
  lifetime_not_accepted: 'The token is valid for longer than is accepted',
  claim_missing: 'missing required claim',
  claim_invalid: 'A required claim is malformed',
  claims_rejected: 'Invalid token claims',

  confirmation_invalid: 'The "cnf" claim must be an object',
  confirmation_unknown: 'The token is bound in a way that is not supported',
  dpop_bound_token: 'DPoP-bound token requires the DPoP authentication scheme, not Bearer',
  dpop_binding_missing: 'JWT Access Token has no jkt confirmation claim',
  dpop_binding_mismatch: 'JWT Access Token confirmation mismatch',
  certificate_bound_token: 'Certificate-bound token requires the client certificate it is bound to',
  certificate_binding_missing: 'JWT Access Token has no x5t#S256 confirmation claim',
  certificate_binding_mismatch: 'JWT Access Token confirmation mismatch',

  proof_with_bearer: 'DPoP proof requires the DPoP authentication scheme, not Bearer',
  http_method_missing: 'HTTP method is required for DPoP validation',
  http_url_missing: 'HTTP URL is required for DPoP validation',
  http_url_invalid: 'The URL of the request cannot be told from its target and Host header',

  proof_missing: 'A DPoP proof is required',
  proof_multiple: 'Multiple DPoP proofs are not allowed',
  proof_too_large: 'The DPoP proof is too large',
  proof_malformed: 'The DPoP proof is not a valid JWT',
  proof_type_not_accepted: 'The DPoP proof is not of the type dpop+jwt',
  proof_algorithm_not_allowed: 'The algorithm of the DPoP proof is not accepted',
  proof_key_invalid: 'The key of the DPoP proof is not accepted',
  proof_signature_invalid: 'The signature of the DPoP proof is not that of its key',
  proof_claim_invalid: 'A claim of the DPoP proof is missing or malformed',
  proof_method_mismatch: 'DPoP proof "htm" mismatch',
  proof_url_mismatch: 'DPoP proof "htu" mismatch',
  proof_time_not_accepted: 'DPoP proof "iat" is outside the acceptable range',
  proof_token_mismatch: 'DPoP proof "ath" mismatch',
  proof_replayed: 'The DPoP proof has been used before',
  nonce_required: 'The DPoP proof needs the nonce of the DPoP-Nonce header',

  actor_malformed: 'Invalid "act" claim',

  insufficient_scope: 'Insufficient scopes',
  not_authenticated: 'No token found',
  claim_mismatch: 'Unexpected claim value',
  claim_check_failed: 'Invalid token claims',
} as const;

/** Why a request was refused, as a stable code. */
export type RefusalReason = keyof typeof descriptions;
