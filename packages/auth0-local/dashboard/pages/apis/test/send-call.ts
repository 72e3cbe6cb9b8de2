import type { LoopbackResponse } from '../../../../src/dashboard/send-to-loopback.ts';
import { request } from '../../../api/request.ts';
import { hasBody } from './test-choice.ts';
import type { TestToken, TokenRequest } from './use-test-token.ts';
import type { Call } from './write-call.ts';

/** A token, and what it was asked for with. */
export interface TakenToken {
  readonly token: TestToken;
  readonly request: TokenRequest;
}

/** What an API has answered, and to what. */
export interface Answer extends LoopbackResponse {
  readonly call: Call;
  readonly taken: TakenToken;
}

/** Sends a call through the tenant: a page may not read what another origin answers. */
export async function sendCall(call: Call, taken: TakenToken): Promise<Answer> {
  const { method, url, token, body } = call;
  const answer = await request<LoopbackResponse>('POST', '/requests', {
    method,
    url,
    token,
    ...(hasBody(method) && { body }),
  });
  return { ...answer, call, taken };
}
