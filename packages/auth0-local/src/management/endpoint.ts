import type * as v from 'valibot';
import type { Tenant } from '../tenant/tenant.js';
import { readQuery, type QuerySchema } from './read-query.js';

/** A request that may pass, as an endpoint sees it. */
export interface Call<Query = unknown> {
  readonly tenant: Tenant;
  /** The `:id` of the path, decoded; empty where it has none. */
  readonly id: string;
  /** The other variable parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: unknown;
  /** What the token allows. */
  readonly scopes: ReadonlySet<string>;
  /** Whether the owner of the tenant calls, who is not held by the limits of the real one. */
  readonly isOwner: boolean;
}

/** A method on a path of the Management API. */
export interface Endpoint {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** Below `/api/v2`. */
  readonly path: string;
  /** The token needs one of them. */
  readonly scopes: readonly string[];
  /** Of an answer with a body, 200 by default. One without a body is 204. */
  readonly status?: 200 | 201;
  /** @returns The body of the answer; nothing where it has none. */
  readonly respond: (call: Call) => unknown;
}

/** What an endpoint is written down as. */
interface EndpointDefinition<Schema extends QuerySchema> extends Omit<Endpoint, 'respond'> {
  /** The parameters it takes; none by default. */
  readonly query?: Schema;
  readonly respond: (call: Call<v.InferOutput<Schema>>) => unknown;
}

/** Makes an endpoint that reads its query by a schema before it answers. */
export function defineEndpoint<Schema extends QuerySchema>({
  query,
  respond,
  ...endpoint
}: EndpointDefinition<Schema>): Endpoint {
  return { ...endpoint, respond: (call) => respond({ ...call, query: readQuery(query, call.query) }) };
}
