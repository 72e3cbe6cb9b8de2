import type { ActClaim } from './authorize/actor.js';
import type { DpopPolicyMode } from './binding/binding-policy.js';
import type { Certificate } from './binding/mtls/certificate-thumbprint.js';
import type { Scheme } from './binding/presented.js';
import { refusalContext } from './binding/refusal-context.js';
import { readHealth, type ClientHealth } from './client-health.js';
import { createVerifier } from './create-verifier.js';
import { addContext, InvalidRequestError, TemporarilyUnavailableError, createRefusal } from './errors.js';
import type { EventListener } from './events.js';
import type { KeyCache } from './keys/key-cache.js';
import { resolveOptions, type ApiClientOptions } from './options.js';
import { readAlgorithms } from './options/read-algorithms.js';
import { readNames } from './options/read-names.js';
import { readNumber } from './options/read-number.js';
import { readOptions } from './read-options.js';
import { reportRefusal } from './report-refusal.js';
import type { RequestContext } from './request-context.js';
import { noDemands, verifyAccessToken, type Demands, type Verifier } from './verify/access-token.js';
import { detachText } from './verify/detach-text.js';
import { readScheme, spokenSchemes } from './verify/read-credentials.js';

/** What `verifyAccessToken()` is given. */
export interface VerifyAccessTokenOptions {
  /** The token as it was sent, without the scheme. */
  accessToken: string;
  /** The scheme it was sent with, in any case: `bearer`, the default, or `dpop`. */
  scheme?: string;
  /** The `DPoP` header. Several lines joined with commas are several proofs, and refused. */
  dpopProof?: string;
  /** The method of the request, as it was sent. Needed to check a proof. */
  httpMethod?: string;
  /** The certificate that the client has proven to hold: PEM, DER or an `X509Certificate`. */
  clientCertificate?: Certificate;
  /** Claims that must be there, whatever their value. */
  requiredClaims?: readonly string[];
  /** The signature algorithms to accept for this token, instead of the client's. */
  algorithms?: readonly string[];
  /** The URL of the request: a proof must name it, and the functions in `domains` and `validate` see it. */
  httpUrl?: string;
  /** The headers of the request, names in lower case, for the same. */
  headers?: RequestContext['headers'];
}

/** How long `ready()` waits. */
export interface ReadyOptions {
  /** In seconds; 30 by default. */
  timeoutSeconds?: number;
  /** Ends the wait before that. */
  signal?: AbortSignal;
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

const verifyOptionNames = [
  'accessToken',
  'scheme',
  'dpopProof',
  'httpMethod',
  'clientCertificate',
  'requiredClaims',
  'algorithms',
  'httpUrl',
  'headers',
] as const;
const defaultReadySeconds = 30;
const longestReadySeconds = 3600;

let readInternals: (client: object) => ClientInternals | undefined;

/**
 * Verifies the access tokens of one API.
 *
 * It holds the issuer's keys, so one client serves all requests. It keeps its options to itself: serialised or printed it
 * is an empty object.
 */
export class ApiClient {
  readonly #internals: ClientInternals;
  readonly #closing = new AbortController();

  static {
    readInternals = (client) => (#internals in client ? client.#internals : undefined);
  }

  /**
   * @throws MissingRequiredArgumentError: `audience` is missing, or `domain` where no issuer is named otherwise.
   * @throws InvalidConfigurationError: an option that cannot work, or a name that is none.
   */
  constructor(options: ApiClientOptions) {
    const settings = resolveOptions(options);
    this.#internals = { verifier: createVerifier(settings), emit: settings.emit };
  }

  /**
   * Verifies an access token (RFC 6750, RFC 7519 section 7.2, RFC 8725): form, algorithm, issuer, signature, audience, time;
   * and that whoever sends it is the one it is bound to (RFC 9449 section 7.1, RFC 8705 section 3).
   *
   * It does not check scopes, revocation or whether the subject still exists.
   *
   * @returns The claims, a fresh object on every call.
   * @throws VerifyAccessTokenError: the token is missing (empty message) or not acceptable.
   * @throws InvalidDpopProofError, DpopNonceRequiredError: the proof is missing or not acceptable.
   * @throws InvalidRequestError: a scheme that is not spoken, or what a proof is checked by is missing.
   * @throws TemporarilyUnavailableError: the issuer's keys could not be had, or the replay store could not be asked.
   * @throws InvalidConfigurationError: an option of this call that cannot work.
   */
  async verifyAccessToken(options: VerifyAccessTokenOptions): Promise<VerifiedAccessTokenClaims> {
    const { verifier, emit } = this.#internals;
    const demands = readOptions(options, verifyOptionNames, 'verifyAccessToken');
    const { accessToken, scheme } = demands;
    const { mode } = verifier.binding.dpop;
    try {
      const used = readUsedScheme(demands, mode);
      if (typeof accessToken !== 'string' || accessToken === '') throw createRefusal('credentials_missing');
      const claims = await verifyAccessToken(detachText(accessToken), verifier, readDemands(demands, used));
      return claims as VerifiedAccessTokenClaims;
    } catch (error) {
      addContext(error, refusalContext(verifier.binding, readScheme([String(scheme)])));
      reportRefusal(error, verifier.issuers.only?.issuer, emit);
      throw error;
    }
  }

  /**
   * Fetches the keys of all issuers that the options name, so that the first request need not wait; an issuer that is
   * away is asked again until the time is over. Issuers that a function in `domains` brings are not known before.
   *
   * @returns Once all are usable, or, when the time is over, at least one: look at `isComplete` and `issuers` then.
   * @throws TemporarilyUnavailableError: the time is over, or the client was closed, and none is usable. `health()` says
   *   why.
   * @throws InvalidConfigurationError: an option that cannot work.
   */
  async ready(options: ReadyOptions = {}): Promise<ClientHealth> {
    const { timeoutSeconds = defaultReadySeconds, signal } = readOptions(
      options,
      ['timeoutSeconds', 'signal'],
      'ready',
    );
    const max = longestReadySeconds;
    const seconds = readNumber(timeoutSeconds, { group: 'ready', name: 'timeoutSeconds' }, 0, max);
    const sources = this.#internals.verifier.issuers.configured().map(({ keys }) => keys);
    const closing = this.#closing.signal;
    const { waitUntilUsable } = await import('./keys/wait-until-usable.js');
    await waitUntilUsable(sources, {
      seconds,
      signals: signal === undefined ? [closing] : [closing, signal],
    });
    const health = this.health();
    if (health.isUsable) return health;
    const { lastError, nextAttemptInSeconds = 1 } = health.issuers[0] ?? {};
    const reason = closing.aborted ? 'client_closed' : lastError?.reason;
    throw new TemporarilyUnavailableError(reason ?? 'issuer_unreachable', nextAttemptInSeconds);
  }

  /** Where the keys of each issuer stand, for a readiness probe. Nothing is fetched for it. */
  health(): ClientHealth {
    return readHealth(this.#internals.verifier.issuers);
  }

  /** The keys in memory, for the option `keys.cache` of another process: plain JSON, public keys only. */
  exportKeys(): KeyCache {
    const stored = this.#internals.verifier.issuers.list().map(({ keys }) => keys.store());
    return { version: 1, issuers: stored.filter((set) => set !== undefined) };
  }

  /**
   * The nonce that proofs need at the moment, for the `DPoP-Nonce` header of answers (RFC 9449 section 8.2); nothing without
   * the option `dpop.nonce`. The Express package sends it by itself.
   */
  dpopNonce(): string | undefined {
    return this.#internals.verifier.binding.dpop.proofs.nonces?.current();
  }

  /**
   * Ends what goes on in the background. Keys in memory serve for as long as they would have; whoever needs newer ones is
   * told that they cannot be had.
   */
  close(): void {
    this.#closing.abort();
    this.#internals.verifier.issuers.close();
  }
}

/** The inside of a client, for `adapter.ts`; nothing if it is not one that this copy of the module made. */
export function internalsOf(client: ApiClient): ClientInternals | undefined {
  return readInternals(client);
}

/** The scheme that was used. A proof, or what one is checked by, needs it said in so many words. */
function readUsedScheme(
  { scheme, dpopProof, httpMethod }: Partial<VerifyAccessTokenOptions>,
  mode: DpopPolicyMode,
): Scheme {
  const isProven = dpopProof !== undefined || httpMethod !== undefined;
  const used = String(scheme ?? 'bearer').toLowerCase() as Scheme;
  const isGuessed = scheme === undefined && isProven && mode !== 'disabled';
  if (isGuessed || !spokenSchemes[mode].includes(used))
    throw new InvalidRequestError('', { reason: 'invalid_auth_scheme' });
  return used;
}

/** What is left out of it must not be found on the prototype of all objects. */
function withoutPrototype<T extends object>(members: T): T {
  return Object.assign(Object.create(null), members);
}

function readDemands(
  {
    requiredClaims,
    algorithms,
    httpUrl,
    headers,
    dpopProof,
    httpMethod,
    clientCertificate,
  }: Partial<VerifyAccessTokenOptions>,
  scheme: Scheme,
): Demands {
  return {
    ...noDemands,
    ...(algorithms !== undefined && { algorithms: readAlgorithms(algorithms) }),
    ...(requiredClaims !== undefined && { requiredClaims: readNames(requiredClaims, 'requiredClaims') }),
    presented: {
      scheme,
      proofs: dpopProof === undefined ? [] : [String(dpopProof)],
      method: httpMethod,
      certificate: () => clientCertificate,
      request: withoutPrototype({
        ...(httpUrl !== undefined && { url: httpUrl }),
        ...(headers !== undefined && { headers }),
      }),
    },
  };
}
