import type { CheckedReason } from './check-names.js';
import { isUnsigned, type Evidence } from './evidence.js';

/** What to do about each reason, in a sentence. For the developer who looks at the token, not for callers. */
const fixes: Readonly<Record<CheckedReason, string>> = {
  credentials_missing: 'Send the access token behind "Bearer " in the Authorization header.',
  token_too_large: 'Let the issuer put less into the token: fewer or shorter custom claims.',
  token_opaque:
    'Let the client ask for a token with the audience of this API: without one it gets a token for the tenant itself.',
  token_encrypted: 'Turn token encryption off for this API, and let the client ask with its audience.',
  token_malformed: 'Copy the token again, whole and unchanged, without line ends, quotes or spaces.',
  header_malformed:
    'Copy the token again; if it is whole, its issuer writes headers that are no JSON object.',

  critical_header: 'Let the issuer sign without crit and b64: no extension is supported.',
  encryption_header:
    'Turn token encryption off for this API: the header is that of an encrypted or nested token.',
  type_not_accepted: 'Send the access token: this is another kind of token.',
  algorithm_missing: 'Get a token from the issuer: this one was not made by it.',
  algorithm_symmetric:
    "Set the API's signing algorithm to RS256 in the tenant, and get a new token. This one is signed with a secret: whoever can check such a token can also make one, so none is accepted.",
  algorithm_not_allowed:
    "Set the API's signing algorithm in the tenant to one that is expected, or add the token's to the option algorithms.",
  key_id_invalid: 'Get a token from the issuer: this kid is none that an issuer gives.',

  issuer_missing: 'Get a token from the issuer: this one does not say who made it.',
  issuer_mismatch:
    'Get a token from the expected issuer, or set AUTH0_DOMAIN to the one that made this token; a slash at the end, http and https matter.',
  domains_resolver_failed: 'Let the function of the option domains answer with an array of domains, in time.',
  too_many_issuers: 'Raise discoveryCache.maxEntries: more issuers are in use than are remembered.',
  issuer_unreachable: 'Check that the issuer runs and that AUTH0_DOMAIN is spelt right, and try again.',
  issuer_metadata_invalid: "Set AUTH0_DOMAIN to the domain that the issuer's own metadata name.",
  issuer_keys_invalid:
    'Let the issuer publish a public signature key: RSA from 2048 bits, P-256, P-384, P-521 or Ed25519.',
  client_closed: 'Verify before close() is called, or create another client.',
  unknown_key: 'Get a new token: the key of this one was revoked, or belongs to another environment.',
  signature_invalid:
    'Get a new token, and copy it whole: this one was changed, cut, or made with another key.',

  audience_missing: "Let the client ask for a token with this API's identifier as audience.",
  audience_mismatch:
    "Let the client ask for a token with this API's identifier as audience, or set AUTH0_AUDIENCE to it; a slash at the end matters.",
  id_token: 'Send the access token: this is the ID token, which is for the client.',
  claim_missing:
    'Let the issuer write the claim into the token, or ask for less in requiredClaims, claims or profile.',
  claim_invalid: 'Let the issuer write the claim as RFC 9068 says: as a text.',
  claim_mismatch: 'Get a token that says what is expected, or add its value to the option claims.',
  expiry_missing: 'Let the issuer give the token an end: tokens without exp are not accepted.',
  expiry_invalid: 'Let the issuer write exp as a number of seconds since 1970.',
  issued_at_missing: 'Let the issuer write into the token when it was made.',
  issued_at_invalid: 'Let the issuer write iat as a number of seconds since 1970.',
  not_before_invalid: 'Let the issuer write nbf as a number of seconds since 1970.',
  issued_in_future: "Set this machine's clock and the issuer's right: they are too far apart.",
  token_not_yet_valid:
    "Wait until then; if that should be now, set this machine's clock and the issuer's right.",
  token_expired: "Get a new token; if this one is fresh, set this machine's clock right.",
  token_too_old: 'Get a new token; maxTokenAgeSeconds says how old one may be.',
  lifetime_not_accepted: 'Let the issuer give tokens a shorter life, or raise maxTokenLifetimeSeconds.',

  confirmation_invalid: 'Let the issuer write cnf as an object, or leave it out.',
  confirmation_unknown:
    "Let the issuer bind tokens by jkt or x5t#S256 only, or leave unknownConfirmation: 'refuse' out.",
  dpop_bound_token:
    'Nothing, if the client sends it behind "DPoP " with a proof by its key in the DPoP header, and the API has the option dpop: then it is accepted. As a bearer it is good for nobody.',
  certificate_bound_token:
    'Nothing, if the client sends it over a connection with its certificate, and the API has the option mtls: then it is accepted. As a bearer it is good for nobody.',
  claims_rejected: 'Look at what the function of the option validate decides by.',
  insufficient_scope:
    'Define the scopes as permissions of the API, let the client ask for them, and let the user or application have them.',
};

/** Not to be cured by an option: whoever accepts such tokens lets everybody in. */
const unsignedFix =
  'Get a token from the issuer. This one is not signed, so that anybody can have written it: never add none to the algorithms.';

/** What to do about a reason, for the token that gave it. */
export function findFix(reason: string, evidence: Pick<Evidence, 'header'>): string {
  const known = Object.hasOwn(fixes, reason) ? (reason as CheckedReason) : 'claims_rejected';
  return reason === 'algorithm_not_allowed' && isUnsigned(evidence) ? unsignedFix : fixes[known];
}
