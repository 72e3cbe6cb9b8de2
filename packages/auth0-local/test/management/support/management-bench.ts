import type { LogEntry } from '../../../src/log/tenant-log.js';
import { managementScopes } from '../../../src/tenant/management-api.js';
import { managementIdentifier, nowSeconds } from '../../../src/tenant/tenant.js';
import { signToken } from '../../../src/tokens/sign-token.js';
import type { TrialAnswer } from '../../support/ask.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications } from '../../support/trial-tenant.js';

/** What a request to the Management API has beside its method and path. */
export interface ManagementRequest {
  readonly body?: unknown;
  /** The scopes of the token: all by default. */
  readonly scope?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A tenant whose state is open to its test, and its Management API. */
export interface ManagementBench extends OpenTenant {
  /** A token of the machine-to-machine application, good for an hour, with every scope. */
  readonly createToken: (claims?: Readonly<Record<string, unknown>>) => Promise<string>;
  readonly manage: <Body = Item>(
    method: string,
    path: string,
    request?: ManagementRequest,
  ) => Promise<TrialAnswer<Body>>;
  /** The newest event of the tenant's log. */
  readonly lastLog: () => LogEntry | undefined;
}

export type Item = Record<string, unknown>;

/** The body of a refusal. */
export interface Refusal {
  readonly statusCode: number;
  readonly error: string;
  readonly message: string;
  readonly errorCode?: string;
}

/** Opens the trial tenant. Close it with `close()`. */
export async function openManagementBench(): Promise<ManagementBench> {
  const open = await openTenant();
  const { tenant, site, ask } = open;

  const createToken: ManagementBench['createToken'] = (claims = {}) => {
    const iat = nowSeconds(tenant);
    const { client_id: clientId } = applications.machine;
    const good = {
      iss: site.issuer,
      sub: `${clientId}@clients`,
      aud: managementIdentifier(site.issuer),
      iat,
      exp: iat + 3600,
      scope: managementScopes.join(' '),
      azp: clientId,
      gty: 'client-credentials',
    };
    return signToken(tenant, { ...good, ...claims }, { alg: 'RS256', typ: 'JWT' });
  };

  return {
    ...open,
    createToken,
    manage: async <Body = Item>(
      method: string,
      path: string,
      { body, scope, headers }: ManagementRequest = {},
    ) => {
      const token = await createToken(scope === undefined ? {} : { scope });
      return ask<Body>(method, `/api/v2${path}`, {
        body,
        headers: { authorization: `Bearer ${token}`, ...headers },
      });
    },
    lastLog: () => tenant.log.list().at(-1),
  };
}

/** What a refusal of the Management API looks like. */
export function refusal(statusCode: number, message: string, errorCode?: string): Refusal {
  const errors: Readonly<Record<number, string>> = {
    400: 'Bad Request',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'Not Found',
    409: 'Conflict',
  };
  const error = errors[statusCode] ?? '';
  return { statusCode, error, message, ...(errorCode !== undefined && { errorCode }) };
}

/** That something in a body is not acceptable. */
export function invalidBody(problem: string): Refusal {
  return refusal(400, `Payload validation error: ${problem}`, 'invalid_body');
}

/** That something in a query is not acceptable. */
export function invalidQuery(problem: string): Refusal {
  return refusal(400, `Query validation error: ${problem}`, 'invalid_query_string');
}
