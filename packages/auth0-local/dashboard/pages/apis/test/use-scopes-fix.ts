import type { PastedExplanation } from '../../../../src/explain/explain-pasted-token.ts';
import type { Api } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { useQuery } from '../../../api/use-query.ts';
import type { TakenToken } from './send-call.ts';

/**
 * The command that lets the holder of a token have scopes that it lacks, and no others. The one that came with the token
 * gives all that was asked for: it is for where the tenant cannot say.
 */
export function useScopesFix(
  { token: { access_token: token, note } }: TakenToken,
  { identifier: audience }: Api,
  scopes: readonly string[],
): string | undefined {
  const question = { token, audience, scopes };
  const { data, error } = useQuery(`/explain ${JSON.stringify(question)}`, () =>
    request<PastedExplanation>('POST', '/explain', question),
  );
  if (data === undefined && error === undefined) return undefined;
  return data?.checks.find(({ name }) => name === 'scopes')?.command ?? note?.fix;
}
