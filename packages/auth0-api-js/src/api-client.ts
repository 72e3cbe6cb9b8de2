import type { ActClaim } from './authorize/actor.js';
import { InvalidConfigurationError, InvalidRequestError, createRefusal } from './errors.js';
import type { EventListener } from './events.js';
import { IssuerKeys } from './keys/issuer-keys.js';
import { readAlgorithms, resolveOptions, type ApiClientOptions } from './options.js';
import { readOptions } from './read-options.js';
import { reportRefusal } from './report-refusal.js';
import { verifyAccessToken, type Verifier } from './verify/access-token.js';
import { SignedTokens } from './verify/signed-tokens.js';

/** What `verifyAccessToken()` is given. */
export interface VerifyAccessTokenOptions {
  /** The token as it was sent, without the scheme. */
  accessToken: string;
  /** The scheme it was sent with, in any case; `bearer` is the default and the only one. */
  scheme?: string;
  /** Claims that must be there, whatever their value. */
  requiredClaims?: readonly string[];
  /** The signature algorithms to accept for this token, instead of the client's. */
  algorithms?: readonly string[];
}

/** The claims of a verified access token. Which ones there are beyond these is up to the issuer. */
export interface VerifiedAccessTokenClaims {
  iss: string;
  aud: string | string[];
  exp: number;
  iat: number;
  sub?: string;
  scope?: string;
  act?: ActClaim;
  [claim: string]: unknown;
}

/** What an adapter reaches of a client, and nobody else. */
export interface ClientInternals {
  readonly verifier: Verifier;
  readonly emit: EventListener;
}

const verifyOptionNames = ['accessToken', 'scheme', 'requiredClaims', 'algorithms'] as const;
const clockToleranceSeconds = 5;

let readInternals: (client: object) => ClientInternals | undefined;

/**
 * Verifies the access tokens of one API.
 *
 * It holds the issuer's keys, so one client serves all requests. It keeps its options to itself: serialised or printed it
 * is an empty object.
 */
export class ApiClient {
  readonly #internals: ClientInternals;

  static {
    readInternals = (client) => (#internals in client ? client.#internals : undefined);
  }

  /**
   * @throws MissingRequiredArgumentError: `audience` or `domain` is missing.
   * @throws InvalidConfigurationError: an option that cannot work, or a name that is none.
   */
  constructor(options: ApiClientOptions) {
    const { issuer, audience, algorithms, fetch, freshSeconds, emit, now } = resolveOptions(options);
    const verifier: Verifier = {
      issuer: { issuer, keys: new IssuerKeys({ issuer, fetch, freshSeconds, emit }) },
      algorithms,
      claims: { audience, clockToleranceSeconds, requiredClaims: [], now },
      signedTokens: new SignedTokens(),
    };
    this.#internals = { verifier, emit };
  }

  /**
   * Verifies a bearer token (RFC 6750, RFC 7519 section 7.2, RFC 8725): form, algorithm, issuer, signature, audience, time.
   *
   * It does not check scopes, revocation or whether the subject still exists.
   *
   * @returns The claims, a fresh object on every call.
   * @throws VerifyAccessTokenError: the token is missing (empty message) or not acceptable.
   * @throws InvalidRequestError: another scheme than bearer.
   * @throws TemporarilyUnavailableError: the issuer's keys could not be had.
   * @throws InvalidConfigurationError: an option of this call that cannot work.
   */
  async verifyAccessToken(options: VerifyAccessTokenOptions): Promise<VerifiedAccessTokenClaims> {
    const { verifier, emit } = this.#internals;
    const demands = readOptions(options, verifyOptionNames, 'verifyAccessToken');
    const { accessToken, scheme = 'bearer' } = demands;
    try {
      if (String(scheme).toLowerCase() !== 'bearer')
        throw new InvalidRequestError('', { reason: 'invalid_auth_scheme' });
      if (typeof accessToken !== 'string' || accessToken === '') throw createRefusal('credentials_missing');
      const claims = await verifyAccessToken(accessToken, withDemands(verifier, demands));
      return claims as VerifiedAccessTokenClaims;
    } catch (error) {
      reportRefusal(error, verifier.issuer.issuer, emit);
      throw error;
    }
  }
}

/** The inside of a client, for `adapter.ts`; nothing if it is not one that this copy of the module made. */
export function internalsOf(client: ApiClient): ClientInternals | undefined {
  return readInternals(client);
}

type Demands = Pick<VerifyAccessTokenOptions, 'requiredClaims' | 'algorithms'>;

function withDemands(verifier: Verifier, { requiredClaims, algorithms }: Partial<Demands>): Verifier {
  if (requiredClaims === undefined && algorithms === undefined) return verifier;
  return {
    ...verifier,
    algorithms: algorithms === undefined ? verifier.algorithms : readAlgorithms(algorithms),
    claims: { ...verifier.claims, requiredClaims: readRequiredClaims(requiredClaims ?? []) },
  };
}

function readRequiredClaims(names: readonly string[]): readonly string[] {
  if (Array.isArray(names) && names.every((name) => typeof name === 'string' && name !== ''))
    return [...names];
  throw new InvalidConfigurationError(
    'Invalid requiredClaims configuration: "requiredClaims" must be an array of names',
  );
}
