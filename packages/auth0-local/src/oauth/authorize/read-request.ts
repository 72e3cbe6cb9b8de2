import type { Api } from '../../tenant/apis.js';
import type { Tenant } from '../../tenant/tenant.js';
import { readScopes } from '../scopes/decide-scopes.js';
import type { Parameters } from '../request/read-parameters.js';
import { invalidRequest } from '../refusals.js';
import { checkGrantType } from '../client/check-grant-type.js';
import { checkPkce, type CodeChallenge } from './check-pkce.js';
import { checkResponseType } from './check-response-type.js';
import { findAudience } from './find-audience.js';
import type { ResponseTarget } from './response-target.js';

/** An authorization request that may be granted, if the user wants it. */
export interface AuthorizeRequest extends ResponseTarget {
  /** The API in the words of the request. */
  readonly audience?: string;
  readonly api: Api | undefined;
  readonly scopes: readonly string[];
  readonly challenge: CodeChallenge | undefined;
  readonly nonce?: string;
  /** The thumbprint of the key that the code is to be bound to (RFC 9449 section 10). */
  readonly dpopJkt?: string;
  /** What the user is to be asked (OpenID Connect Core section 3.1.2.1). */
  readonly prompts: ReadonlySet<string>;
  /** How old the login may be, in seconds. */
  readonly maxAge?: number;
}

const longestRequest = 16_384;

/**
 * Reads a request step by step.
 *
 * @throws OAuthError, for the application: something in it cannot be granted to anybody.
 */
export function readRequest(
  tenant: Tenant,
  target: ResponseTarget,
  parameters: Parameters,
): AuthorizeRequest {
  const { values } = parameters;
  const { application } = target;
  checkLength(parameters);
  checkResponseType(target, parameters);
  checkGrantType(application, 'authorization_code');
  const challenge = checkPkce(application, parameters);
  const prompts = readPrompts(values.get('prompt'));
  const maxAge = readMaxAge(values.get('max_age'));
  const audience = values.get('audience');
  const api = findAudience(tenant, application, audience);
  const nonce = values.get('nonce');
  const dpopJkt = readThumbprint(values.get('dpop_jkt'));
  return {
    ...target,
    api,
    ...(audience !== undefined && { audience }),
    scopes: readScopes(values.get('scope')),
    challenge,
    prompts,
    ...(maxAge !== undefined && { maxAge }),
    ...(nonce !== undefined && { nonce }),
    ...(dpopJkt !== undefined && { dpopJkt }),
  };
}

/** The request waits in the store while its user logs in, and anybody can send one. */
function checkLength({ values }: Parameters): void {
  const length = [...values].flat().reduce((sum, text) => sum + text.length, 0);
  if (length > longestRequest) throw invalidRequest(`The request has more than ${longestRequest} characters`);
}

function readPrompts(prompt: string | undefined): ReadonlySet<string> {
  const prompts = new Set(readScopes(prompt));
  if (prompts.has('none') && prompts.size > 1) {
    throw invalidRequest("Parameter prompt has 'none' beside other values");
  }
  return prompts;
}

function readMaxAge(maxAge: string | undefined): number | undefined {
  if (maxAge === undefined) return undefined;
  if (!/^\d{1,10}$/.test(maxAge)) throw invalidRequest('Parameter max_age must be a number of seconds');
  return Number(maxAge);
}

/** A SHA-256 thumbprint (RFC 9449 section 10). Another one would be of no key, and its code of no use. */
function readThumbprint(thumbprint: string | undefined): string | undefined {
  if (thumbprint === undefined || /^[\w-]{43}$/.test(thumbprint)) return thumbprint;
  throw invalidRequest(
    'Parameter dpop_jkt must be the SHA-256 thumbprint of a key: 43 characters of base64url',
  );
}
