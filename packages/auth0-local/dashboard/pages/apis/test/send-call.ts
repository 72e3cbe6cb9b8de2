import type { LoopbackResponse } from '../../../../src/dashboard/send-to-loopback.ts';
import { request } from '../../../api/request.ts';
import { hasBody } from './test-choice.ts';
import type { Call } from './write-call.ts';

/** What an API has answered, and to what. */
export interface Answer extends LoopbackResponse {
  readonly call: Call;
}

/** Sends a call through the tenant: a page may not read what another origin answers. */
export async function sendCall(call: Call): Promise<Answer> {
  const { method, url, token, body } = call;
  const answer = await request<LoopbackResponse>('POST', '/requests', {
    method,
    url,
    token,
    ...(hasBody(method) && { body }),
  });
  return { ...answer, call };
}
