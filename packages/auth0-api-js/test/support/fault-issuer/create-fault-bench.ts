import {
  ApiClient,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
  type ApiClientOptions,
  type Auth0ApiEvent,
} from '@auth0/auth0-api-js';
import { audience } from '../bench.js';
import { onCleanUp } from './clean-up.js';
import { algorithms } from './create-fault-issuer.js';

/** A client of an issuer that may misbehave. */
export interface FaultBench {
  readonly client: ApiClient;
  readonly events: Auth0ApiEvent[];
  /** The types of the events so far, refusals left out. */
  readonly told: () => string[];
  readonly state: () => string | undefined;
  /** `OK`, `DOWN` with the reason (503), or `TOK` with the reason (401). Anything else is thrown. */
  readonly verdict: (accessToken: string) => Promise<string>;
}

/** Makes it. It is closed after the test. */
export function createFaultBench(options: Partial<ApiClientOptions>): FaultBench {
  const events: Auth0ApiEvent[] = [];
  const client = new ApiClient({
    audience,
    algorithms: [...algorithms],
    onEvent: (event) => events.push(event),
    ...options,
  });
  onCleanUp(() => client.close());
  return {
    client,
    events,
    told: () => events.map(({ type }) => type).filter((type) => type !== 'refusal'),
    state: () => client.health().issuers[0]?.state,
    verdict: async (accessToken) => client.verifyAccessToken({ accessToken }).then(() => 'OK', describeError),
  };
}

function describeError(error: unknown): string {
  const isRefusal = error instanceof VerifyAccessTokenError && error.statusCode === 401;
  if (isRefusal) return `TOK ${error.reason}`;
  const isOutage = error instanceof TemporarilyUnavailableError && error.statusCode === 503;
  const headers = isOutage ? error.headers : {};
  const [wait = ''] = headers['retry-after'] ?? [];
  if (isOutage && Number(wait) >= 1 && Object.keys(headers).length === 1) return `DOWN ${error.reason}`;
  throw error;
}
