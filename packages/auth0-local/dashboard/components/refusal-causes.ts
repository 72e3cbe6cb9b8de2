import type { ApiRefusal } from '../api/token-to-inspect.ts';

/** Why an API refuses a token that its tenant has just issued. */
export interface RefusalCause {
  readonly text: string;
  /** What of the API's setup is to be compared with the token. */
  readonly compare?: 'audience' | 'issuer' | 'algorithm';
  /** Whether the token is good, and its claims are not what is asked for. */
  readonly isOfClaims?: true;
  /** Whether the token is good, and is not bound to whoever sends it. */
  readonly isOfSender?: true;
}

const clocks = 'The clocks of the tenant and of your API are too far apart: set both right.';
const damaged =
  'The token does not reach your API as it was sent: something before it, like a proxy or a middleware, changes the Authorization header.';
const bound =
  'The token is bound to a key of the client, and a plain Bearer is all that is sent from here. Turn that off for the API or the application, or call it with a client that proves the key.';

const forKeys: RefusalCause = {
  text: "Your API takes only tokens that are bound to a key, each with a proof by that key: its option dpop has mode 'required'. The Test tab sends bearer tokens. Call it with a client that proves a key, like @auth0/auth0-spa-js with useDpop: true.",
  isOfSender: true,
};
const forCertificates: RefusalCause = {
  text: "Your API takes only tokens that are bound to a client certificate: its option mtls has mode 'required'. The Test tab sends bearer tokens. Call it with a client that has shown its certificate to the tenant, at the https address.",
  isOfSender: true,
};

/** By the `error_description` of the SDK, as it stands in the challenge: with ' for ". */
const causes: ReadonlyMap<string, RefusalCause> = new Map(
  Object.entries<RefusalCause>({
    "unexpected 'aud' claim value": {
      text: 'Your API expects another audience than this token carries: compare AUTH0_AUDIENCE in its .env, character by character. Start it again after a change.',
      compare: 'audience',
    },
    "unexpected 'iss' claim value": {
      text: 'Your API expects another issuer than this token carries: compare AUTH0_DOMAIN in its .env. http and https, and the port, matter. Start it again after a change.',
      compare: 'issuer',
    },
    'unsupported algorithm': {
      text: 'Your API does not take tokens that are signed like this one: compare its option algorithms, which is RS256 where it is left out.',
      compare: 'algorithm',
    },
    'unsupported algorithm (symmetric algorithms are not supported)': {
      text: 'The token is signed with a secret (HS256), which the SDK never takes: set the signing algorithm of this API to RS256 in its settings, and take a new token.',
    },
    "'exp' claim timestamp check failed": {
      text: 'The token has expired: take a new one. If it is fresh, the clock of your API is ahead.',
    },
    "'iat' claim timestamp check failed (it should be in the past)": { text: clocks },
    "'nbf' claim timestamp check failed": { text: clocks },
    'no applicable key found in the JSON Web Key Set': {
      text: 'Your API knows no key of this name. The key was revoked: take a new token. Or your API still has the keys of an earlier tenant at the same address: start it again.',
    },
    'signature verification failed': {
      text: 'Your API has another key under the same name, as of an earlier tenant at the same address: start it again. Or the token was changed on its way.',
    },
    'missing required claim': {
      text: 'The token itself is good. Your API asks for a claim that it does not have: compare its option requiredClaims with the claims.',
      isOfClaims: true,
    },
    "missing required 'exp' claim": { text: 'Your API takes no tokens without an end.' },
    'Unexpected claim value': {
      text: 'The token itself is good. A check of this route, claimEquals or claimIncludes, wants another value than the claim in it has.',
      isOfClaims: true,
    },
    'Invalid token claims': {
      text: 'The token itself is good. A check of this route, claimCheck, does not accept its claims.',
      isOfClaims: true,
    },
    'No token found': {
      text: 'A check of your API runs without requiresAuth() before it, so that nobody has read the token.',
    },
    'The token is not of an accepted type': { text: 'Your API takes access tokens only, and this is none.' },
    'The token uses a header extension that is not supported': {
      text: 'The header of the token asks for an extension (crit) that your API does not know.',
    },
    'Encrypted access tokens are not supported': { text: 'Your API cannot read encrypted tokens.' },
    'The access token is not a JWT': { text: damaged },
    'Invalid JWT': { text: damaged },
    'Invalid Token or Protected Header formatting': { text: damaged },
    'The access token is too large': {
      text: 'The token has more than 16,384 characters: put fewer claims into it.',
    },
    'DPoP-bound token requires the DPoP authentication scheme, not Bearer': { text: bound },
    'Certificate-bound token requires the client certificate it is bound to': { text: bound },
    'JWT Access Token has no x5t#S256 confirmation claim': forCertificates,
  }),
);

/** By those that name a claim; any name can stand there. */
const claimCauses: readonly (readonly [pattern: RegExp, describe: (claim: string) => string])[] = [
  [
    /^Missing '(.+)' claim$/,
    (claim) => `The token itself is good. This route asks for the claim ${claim}, which is not in it.`,
  ],
  [
    /^Unexpected '(.+)' value$/,
    (claim) =>
      `The token itself is good. This route wants another value of the claim ${claim} than is in it.`,
  ],
];

/** The cause of a refusal in words, by what the API says of it. */
export function findRefusalCause({ description, isForProofs }: ApiRefusal): RefusalCause {
  if (description === undefined) {
    if (isForProofs) return forKeys;
    return {
      text: 'It does not say why. Does it use the SDK, and does the Authorization header reach it?',
    };
  }
  return (
    causes.get(description.replaceAll('"', "'")) ??
    findClaimCause(description) ?? { text: 'Its log, or its code, says what it means by that.' }
  );
}

function findClaimCause(description: string): RefusalCause | undefined {
  for (const [pattern, describe] of claimCauses) {
    const claim = pattern.exec(description)?.[1];
    if (claim !== undefined) return { text: describe(claim), isOfClaims: true };
  }
  return undefined;
}
