import { challenge, type ChallengePolicy } from './challenge.js';
import type { UnavailableReason } from './events.js';
import { descriptions, type RefusalReason } from './reasons.js';

/** How the client that refused a request answers it. */
export interface RefusalContext {
  readonly challenges: ChallengePolicy;
  /** Headers beside the challenges. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

let setContext: (error: AuthError, context: RefusalContext) => void;

/** How an error is answered that no client has refused with. */
export const noContext: RefusalContext = { challenges: {}, headers: undefined };

/** What every refusal carries beside its message. */
export interface AuthErrorOptions {
  /** The HTTP status that answers it. */
  readonly statusCode?: number;
  /** The stable reason code, for logs and events. */
  readonly reason?: string;
}

/**
 * A request that is not let through. The base of every refusal and outage; never thrown itself.
 *
 * Its message is safe to show to the caller: it is chosen by reason and holds nothing the caller sent. Its stack has no
 * frames: they would lead into this library, whoever was refused, and to collect them takes longer than to refuse.
 */
export class AuthError extends Error {
  override readonly name: string = 'AuthError';
  /** The kind of error, for `switch`. */
  readonly code: string;
  /** The HTTP status that answers it; absent where the error has no place in a response. */
  readonly statusCode?: number;
  /** Why, as a stable code. `docs/errors.md` has a heading for each. */
  readonly reason?: string;
  #context: RefusalContext = noContext;

  static {
    setContext = (error, context) => {
      error.#context = context;
    };
  }

  constructor(code: string, message: string, options: AuthErrorOptions = {}) {
    const limit = Error.stackTraceLimit;
    limitStackTraces(0);
    super(message, options.reason === undefined ? undefined : { cause: { code: options.reason } });
    limitStackTraces(limit);
    this.code = code;
    if (options.statusCode !== undefined) this.statusCode = options.statusCode;
    if (options.reason !== undefined) this.reason = options.reason;
  }

  /** The response headers of this error, names in lower case (RFC 6750 section 3, RFC 9449 section 7.1). */
  get headers(): Readonly<Record<string, readonly string[]>> {
    const { challenges, headers = {} } = this.#context;
    const others = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]]);
    return {
      'www-authenticate': challenge(this, { ...challenges, realm: 'api' }),
      ...Object.fromEntries(others),
    };
  }
}

/**
 * The access token is missing or not acceptable: 401.
 *
 * An empty message means that no token was sent, and its challenge then carries no error (RFC 6750 section 3.1).
 */
export class VerifyAccessTokenError extends AuthError {
  override readonly name = 'VerifyAccessTokenError';

  constructor(message: string, options: { readonly reason?: string } = {}) {
    super('verify_access_token_error', message, { ...options, statusCode: 401 });
  }
}

/** The request itself is ambiguous or malformed: 400 (RFC 6750 section 3.1, `invalid_request`). */
export class InvalidRequestError extends AuthError {
  override readonly name = 'InvalidRequestError';

  constructor(message: string, options: { readonly reason?: string } = {}) {
    super('invalid_request', message, { ...options, statusCode: 400 });
  }
}

/** The token is good and lacks a scope: 403 (RFC 6750 section 3.1, `insufficient_scope`). */
export class InsufficientScopeError extends AuthError {
  override readonly name = 'InsufficientScopeError';
  /** The scopes the route asks for. */
  readonly scopes: readonly string[];

  constructor(scopes: readonly string[]) {
    super('insufficient_scope', descriptions.insufficient_scope, {
      statusCode: 403,
      reason: 'insufficient_scope',
    });
    this.scopes = scopes;
  }
}

/** The DPoP proof is missing or not acceptable: 401 (RFC 9449 section 7.1, `invalid_dpop_proof`). */
export class InvalidDpopProofError extends AuthError {
  override readonly name = 'InvalidDpopProofError';
  /** The URL that the proof should have named, where it named another. For the log, never for the caller. */
  readonly expectedUrl?: string;

  constructor(
    message: string,
    { reason, expectedUrl }: { readonly reason?: string; readonly expectedUrl?: string } = {},
  ) {
    super('invalid_dpop_proof', message, { ...(reason !== undefined && { reason }), statusCode: 401 });
    if (expectedUrl !== undefined) this.expectedUrl = expectedUrl;
  }
}

/** The DPoP proof lacks a nonce that this API gave: 401, with a fresh one (RFC 9449 section 9, `use_dpop_nonce`). */
export class DpopNonceRequiredError extends AuthError {
  override readonly name = 'DpopNonceRequiredError';

  constructor() {
    super('use_dpop_nonce', descriptions.nonce_required, { statusCode: 401, reason: 'nonce_required' });
  }
}

/** A day, in seconds: nobody is told to stay away for longer. */
const longestRetryAfter = 86_400;

/**
 * The token could not be judged because the issuer's keys could not be had: 503. Not the caller's fault.
 *
 * The message is for the caller; which URL failed, and how, is in the `outage` event.
 */
export class TemporarilyUnavailableError extends AuthError {
  override readonly name = 'TemporarilyUnavailableError';
  /** Whole seconds after which trying again makes sense; at least 1. */
  readonly retryAfterSeconds: number;

  constructor(reason: UnavailableReason | (string & {}), retryAfterSeconds = 1) {
    super('temporarily_unavailable', 'Access tokens cannot be verified at the moment', {
      statusCode: 503,
      reason,
    });
    const seconds = Number.isFinite(retryAfterSeconds) ? Math.ceil(retryAfterSeconds) : 1;
    this.retryAfterSeconds = Math.min(Math.max(1, seconds), longestRetryAfter);
  }

  override get headers(): Readonly<Record<string, readonly string[]>> {
    return { 'retry-after': [String(this.retryAfterSeconds)] };
  }
}

/** A transaction that was expected is missing. Part of the documented interface; nothing here throws it. */
export class MissingTransactionError extends AuthError {
  override readonly name = 'MissingTransactionError';

  constructor(message = 'The transaction is missing.') {
    super('missing_transaction_error', message);
  }
}

/** A required option or argument was left out. The programmer's mistake, never an answer to a request. */
export class MissingRequiredArgumentError extends Error {
  override readonly name = 'MissingRequiredArgumentError';
  readonly code = 'missing_required_argument_error';

  constructor(argument: string, cure = '') {
    super(`The argument '${argument}' is required but was not provided.${cure && ` ${cure}`}`);
  }
}

/** An option has a value that cannot work. The programmer's mistake, never an answer to a request. */
export class InvalidConfigurationError extends Error {
  override readonly name = 'InvalidConfigurationError';
  readonly code = 'invalid_configuration_error';
}

/** Tells a refusal which client it is of, so that its `headers` are those that this client answers with. */
export function addContext(error: unknown, context: RefusalContext): void {
  if (error instanceof AuthError) setContext(error, context);
}

/** The refusal that belongs to a reason. `message` stands in where the reason's own text needs a name in it. */
export function createRefusal(
  reason: RefusalReason,
  message: string = descriptions[reason],
): VerifyAccessTokenError {
  return new VerifyAccessTokenError(message, { reason });
}

/** The refusal of a DPoP proof. `message` stands in where the reason's own text needs a name in it. */
export function createProofRefusal(
  reason: Extract<RefusalReason, `proof_${string}`>,
  message: string = descriptions[reason],
): InvalidDpopProofError {
  return new InvalidDpopProofError(message, { reason });
}

/** The refusal of a request that contradicts itself. */
export function createRequestRefusal(reason: RefusalReason): InvalidRequestError {
  return new InvalidRequestError(descriptions[reason], { reason });
}

/** Where the built-in objects are frozen it stays as it is. */
function limitStackTraces(frames: number): void {
  Reflect.set(Error, 'stackTraceLimit', frames);
}
