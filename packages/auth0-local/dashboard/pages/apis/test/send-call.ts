import { request } from '../../../api/request.ts';
import { hasBody } from './test-choice.ts';
import type { Call } from './write-call.ts';

/** What an API has answered, and to what. */
export interface Answer {
  readonly call: Call;
  readonly status: number;
  readonly status_text: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Whether there was more of the body. */
  readonly is_truncated: boolean;
  readonly duration_ms: number;
}

/** Sends a call through the tenant: a page may not read what another origin answers. */
export async function sendCall(call: Call): Promise<Answer> {
  const { method, url, token, body } = call;
  const answer = await request<Omit<Answer, 'call'>>('POST', '/requests', {
    method,
    url,
    token,
    ...(hasBody(method) && { body }),
  });
  return { ...answer, call };
}
