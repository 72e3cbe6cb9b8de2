import type { Request } from 'express';
import { isSameSecret } from '../../is-same-secret.js';
import type { LogInput } from '../../log/tenant-log.js';
import type { Site } from '../../site.js';
import type { Application } from '../../tenant/applications.js';
import { readParameter } from '../request/body-parameters.js';
import { isAssertionOf, readAssertedClientId } from './client-assertion.js';
import { fixSecret, fixUnknownClient } from '../fixes.js';
import { OAuthError } from '../oauth-error.js';
import { readBasicCredentials, type BasicCredentials } from './read-basic-credentials.js';
import type { Parameters } from '../request/read-parameters.js';
import { invalidRequest } from '../refusals.js';

/** What a request brings to show which application it comes from. */
interface ClientCredentials {
  readonly clientId: string | undefined;
  readonly secret?: string | undefined;
  /** A JWT that the application has signed (RFC 7523 section 2.2). */
  readonly assertion?: string | undefined;
  readonly isBasic: boolean;
}

/**
 * Finds the application that a request comes from: by a secret in the body or the header `Authorization`, by an
 * assertion, or by its id alone if it is public (RFC 6749 section 2.3).
 *
 * @throws OAuthError: unknown, or not proven. Both look the same.
 */
export async function authenticateClient(
  site: Site,
  req: Request,
  parameters: Parameters,
): Promise<Application> {
  const credentials = readCredentials(req, parameters);
  const { clientId, secret, assertion } = credentials;
  const application = clientId === undefined ? undefined : site.tenant.store.applications.get(clientId);
  // Compared in any case, so that the time does not tell whether there is such an application.
  const isSecret = isSameSecret(secret ?? '', application?.client_secret ?? '');
  const hasSecret = secret !== undefined && isSecret;
  const hasAssertion = assertion !== undefined && (await isAssertionOf(site, application, assertion));
  if (application !== undefined && isProven(application, credentials, { hasSecret, hasAssertion })) {
    return application;
  }
  throw refuse(credentials, explain(application, clientId));
}

function readCredentials(req: Request, parameters: Parameters): ClientCredentials {
  const clientId = readParameter(parameters, 'client_id');
  const secret = readParameter(parameters, 'client_secret');
  const assertion = readParameter(parameters, 'client_assertion');
  const basic = readHeader(req, clientId);
  // RFC 6749 section 2.3: no more than one method in a request.
  if ([basic, secret, assertion].filter((method) => method !== undefined).length > 1) {
    throw invalidRequest('Authenticate the client in one way only: by header, by secret or by assertion');
  }
  if (assertion !== undefined) {
    checkAssertionType(readParameter(parameters, 'client_assertion_type'));
    const asserted = readAssertedClientId(assertion);
    return { clientId: clientId ?? asserted, assertion, isBasic: false };
  }
  if (basic === undefined) return { clientId, secret, isBasic: false };
  if (clientId !== undefined && clientId !== basic.clientId) {
    throw invalidRequest('client_id differs from the client in the Authorization header');
  }
  return { clientId: basic.clientId, secret: basic.secret, isBasic: true };
}

/** A header that cannot be read is a proof that has failed, and no other proof in the request mends that. */
function readHeader(
  { headers: { authorization } }: Request,
  clientId: string | undefined,
): BasicCredentials | undefined {
  if (authorization === undefined) return undefined;
  const basic = readBasicCredentials(authorization);
  if (basic !== undefined) return basic;
  const description = 'The header Authorization is no well-formed Basic authentication';
  throw refuse({ clientId, isBasic: true }, { description });
}

function checkAssertionType(type: string | undefined): void {
  if (type === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') return;
  throw invalidRequest(
    'client_assertion_type must be urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  );
}

/** Each application has one kind of proof, and no other is good for it. */
function isProven(
  { token_endpoint_auth_method: method }: Application,
  { secret, assertion }: ClientCredentials,
  { hasSecret, hasAssertion }: { readonly hasSecret: boolean; readonly hasAssertion: boolean },
): boolean {
  if (method === null) return hasAssertion;
  const isPublic = method === 'none' && secret === undefined && assertion === undefined;
  return isPublic || hasSecret;
}

function refuse({ clientId, isBasic }: ClientCredentials, log: Partial<LogInput>): OAuthError {
  return new OAuthError({
    statusCode: 401,
    error: 'access_denied',
    description: 'Unauthorized',
    ...(isBasic && { challenge: 'Basic realm="token endpoint"' }),
    log: { ...(clientId !== undefined && { client_id: clientId }), ...log },
  });
}

/** What the log says and the caller must not know. */
function explain(application: Application | undefined, clientId: string | undefined): Partial<LogInput> {
  if (clientId === undefined) return { description: 'The request names no client_id' };
  if (application === undefined) {
    return { description: 'There is no application with this client_id', fix: fixUnknownClient() };
  }
  const { name, token_endpoint_auth_method: method } = application;
  return method === null
    ? {
        client_name: name,
        description: 'The application authenticates with an assertion, and sent none that is good',
      }
    : { client_name: name, description: 'The client secret is wrong or missing', fix: fixSecret(clientId) };
}
