import { RequestError, SilenceError, request } from '../../../api/request.ts';
import { useQuery } from '../../../api/use-query.ts';
import { useKept } from '../../../components/use-kept.ts';

/** What a token is asked for with. */
export interface TokenRequest {
  readonly client_id: string;
  readonly audience: string;
  /** All there is where it is left out. */
  readonly scope?: string;
  readonly user_id?: string;
}

/** A live token. */
export interface TestToken {
  readonly access_token: string;
  readonly expires_in: number;
  readonly token_type: string;
  readonly scope?: string;
  /** Why scopes are missing, and the command that gives them. */
  readonly note?: { readonly description: string; readonly fix?: string };
  /** The event in the tenant's log. */
  readonly log_id: string;
  /** By the clock of this page, in milliseconds. */
  readonly taken_at: number;
}

/** How it stands with the token. */
export interface TokenState {
  /** The last one; also while another is on its way. */
  readonly token: TestToken | undefined;
  readonly refusal: RequestError | undefined;
  /** Whether the tenant did not answer the last time it was asked. */
  readonly isUnanswered: boolean;
  readonly isLoading: boolean;
  readonly renew: () => void;
}

/** Takes a token at once and whenever something else is asked for. */
export function useTestToken(wanted: TokenRequest | undefined): TokenState {
  const key = wanted && `/test-token ${JSON.stringify(wanted)}`;
  const query = useQuery<TestToken>(key, async () => ({
    ...(await request<Omit<TestToken, 'taken_at'>>('POST', '/test-token', wanted)),
    taken_at: Date.now(),
  }));
  const { data, error } = query;
  const refusal = error instanceof RequestError ? error : undefined;
  const isKnown = refusal !== undefined || data !== undefined;
  // What was there stays until the tenant has said something new.
  const outcome = useKept(isKnown ? { refusal, token: refusal === undefined ? data : undefined } : undefined);
  return {
    token: outcome?.token,
    refusal: outcome?.refusal,
    isUnanswered: error instanceof SilenceError,
    isLoading: query.isLoading || wanted === undefined,
    renew: () => void query.reload(),
  };
}
