import { CommandError } from '../command-line/command-error.js';
import { createManagementToken } from './management-token.js';
import type { KnownTenant } from './select-tenant.js';
import { describeRefusal, sendRequest, type TenantAnswer } from './send-request.js';

/** A request to the Management API. */
export interface ManagementRequest {
  /** What is tried, for the error: `create the API`. */
  readonly doing: string;
  readonly body?: unknown;
  readonly query?: Query;
}

/** Parameters that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** The Management API of a tenant. */
export interface ManagementClient {
  /** @throws CommandError: refused; the message says what was tried, and the tenant's reason. */
  readonly request: <Body>(method: string, path: string, request: ManagementRequest) => Promise<Body>;
  /** The first items of a list that comes in pages. */
  readonly list: <Item>(path: string, key: string, request: ListRequest) => Promise<Item[]>;
  /** The answer as it is, refusals as well. */
  readonly send: (
    method: string,
    path: string,
    options?: { body?: unknown; query?: Query },
  ) => Promise<TenantAnswer>;
}

export interface ListRequest {
  readonly doing: string;
  /** How many items at most. */
  readonly number: number;
  readonly query?: Query;
}

/** How many items a page can have. */
const pageSize = 100;

/** @param debug - Told about every request. */
export function createManagementClient(tenant: KnownTenant, debug: (text: string) => void): ManagementClient {
  const token = createManagementToken(tenant, debug);

  const send: ManagementClient['send'] = async (method, path, { body, query = {} } = {}) => {
    const url = managementUrl(tenant.url, path, query);
    const ask = async (): Promise<TenantAnswer> =>
      sendRequest({ method, url, body, headers: { authorization: `Bearer ${await token.get()}` } }, debug);
    const answer = await ask();
    if (answer.status !== 401) return answer;
    // A remembered token can be void before its time, after a rotation of keys.
    token.drop();
    return ask();
  };

  const request: ManagementClient['request'] = async <Body>(
    method: string,
    path: string,
    { doing, ...options }: ManagementRequest,
  ) => {
    const answer = await send(method, path, options);
    if (answer.status < 400) return answer.body as Body;
    throw new CommandError(`Failed to ${doing}: ${describeRefusal(answer)}`);
  };

  return {
    send,
    request,
    list: async <Item>(path: string, key: string, { doing, number, query = {} }: ListRequest) => {
      const items: Item[] = [];
      for (let page = 0; items.length < number; page += 1) {
        const body = await request<Record<string, Item[]> | Item[]>('GET', path, {
          doing,
          query: { ...query, page, per_page: Math.min(number, pageSize), include_totals: true },
        });
        const found = Array.isArray(body) ? body : (body[key] ?? []);
        items.push(...found);
        if (found.length < Math.min(number, pageSize)) break;
      }
      return items.slice(0, number);
    },
  };
}

/** The URL of a resource; a path cannot lead out of the Management API. */
function managementUrl(origin: string, path: string, query: Query): URL {
  const base = `${origin}/api/v2/`;
  const url = new URL(base + path.replace(/^\/*(api\/v2\/)?/, ''));
  if (!url.href.startsWith(base))
    throw new CommandError(`${JSON.stringify(path)} is no path of the Management API`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  return url;
}
