import type { AuthError } from '@auth0/auth0-api-js';

/** What helps against each refusal of a proof, for the log of the tenant. */
const cures: Readonly<Record<string, string>> = {
  proof_multiple: 'send one header DPoP with one proof in it',
  proof_too_large: 'send a proof with the members that RFC 9449 section 4.2 names',
  proof_malformed: 'send a signed JWT: three parts with dots between them',
  proof_type_not_accepted: 'its header needs "typ": "dpop+jwt"',
  proof_algorithm_not_allowed: 'sign it with ES256',
  proof_key_invalid: 'its header needs "jwk": the public key alone, of the curve P-256',
  proof_signature_invalid: 'sign it with the private key of its jwk',
  proof_claim_invalid: 'a proof needs jti, htm, htu and iat',
  proof_method_mismatch: 'htm is the method of the request',
  proof_url_mismatch: 'htu is the address that the request was sent to',
  proof_time_not_accepted: 'iat is the time of the request; compare the clocks of both sides',
  proof_replayed: 'make a new proof, with a new jti, for each request',
};

/** What is wrong with a proof, and what helps. */
export function describeProofRefusal({ message, reason = '' }: AuthError): string {
  const cure = cures[reason];
  return cure === undefined ? message : `${message}: ${cure}`;
}
