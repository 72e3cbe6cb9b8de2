import { createDpopClient, type DpopClient } from '@auth0/auth0-api-js/testing';
import { nowSeconds } from '../../src/tenant/tenant.js';
import type { TrialAnswer } from './ask.js';
import type { TokenAnswer } from './flow-requests.js';
import type { OpenTenant } from './open-tenant.js';

/** Whoever has a key, and proves it to an open tenant by its clock. */
export interface Prover extends Pick<DpopClient, 'thumbprint'> {
  /** Asks the token endpoint, as clients do that come again where they are told a nonce. */
  request(body: Record<string, unknown>): Promise<TrialAnswer<TokenAnswer>>;
  /** The headers of a request with a token that is bound to the key. */
  headers(
    accessToken: string,
    method: string,
    path: string,
  ): { readonly authorization: string; readonly dpop: string };
}

/** A prover with a key of its own. */
export function createProver({ ask, site, tenant }: OpenTenant): Prover {
  const client = createDpopClient();
  const url = `${site.url}/oauth/token`;
  const prove = (request: Parameters<DpopClient['proof']>[0]): string =>
    client.proof(request, { iat: nowSeconds(tenant) });
  const send = (body: Record<string, unknown>, nonce?: string): Promise<TrialAnswer<TokenAnswer>> => {
    const dpop = prove({ method: 'POST', url, ...(nonce !== undefined && { nonce }) });
    return ask<TokenAnswer>('POST', '/oauth/token', { body, headers: { dpop } });
  };
  return {
    thumbprint: client.thumbprint,
    request: async (body) => {
      const answer = await send(body);
      const nonce = answer.headers.get('dpop-nonce') ?? '';
      return answer.body.error === 'use_dpop_nonce' ? send(body, nonce) : answer;
    },
    headers: (accessToken, method, path) => ({
      authorization: `DPoP ${accessToken}`,
      dpop: prove({ method, url: `${site.url}${path}`, accessToken }),
    }),
  };
}
