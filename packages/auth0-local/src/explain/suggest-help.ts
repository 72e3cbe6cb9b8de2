import { fixMissingApi, fixSigningAlgorithm, fixToken } from '../oauth/fixes.js';
import type { Api } from '../tenant/apis.js';

/** What help depends on of the API that is to accept the token. */
export type ExpectedApi = Pick<Api, 'signing_alg'>;

/** Looks an API up in the tenant; `unknown` where it may not be looked at. */
export type FindApi = () => Promise<ExpectedApi | 'missing' | 'unknown'>;

/** Why an API refuses a token. */
interface Refusal {
  readonly reason: string;
  readonly audience: string;
  /** What the token says it is signed with. */
  readonly algorithm: unknown;
}

/** What helps, where the tenant knows more than the SDK. */
export interface Help {
  readonly fix?: string;
  readonly command?: string;
}

/** What a new token cures: this one is old, for somebody else, or no whole access token at all. */
const curedByToken: ReadonlySet<string> = new Set([
  'token_opaque',
  'type_not_accepted',
  'algorithm_symmetric',
  'issuer_mismatch',
  'unknown_key',
  'signature_invalid',
  'audience_missing',
  'audience_mismatch',
  'id_token',
  'token_expired',
  'insufficient_scope',
]);

/** The command that helps when an API refuses a token, if there is one. */
export async function suggestHelp(refusal: Refusal, findApi: FindApi): Promise<Help> {
  const { reason, audience } = refusal;
  if (!curedByToken.has(reason) && !isUnsigned(refusal)) return {};
  const api = await findApi();
  if (api === 'missing') {
    return {
      fix: `The tenant has no API with the identifier '${audience}', and gives no tokens for it. Create it, or name one that is there.`,
      command: fixMissingApi(audience),
    };
  }
  const isMadeSo = typeof api === 'string' || api.signing_alg === 'HS256';
  return {
    command:
      reason === 'algorithm_symmetric' && isMadeSo
        ? fixSigningAlgorithm(audience, 'RS256')
        : fixToken(audience),
  };
}

function isUnsigned({ reason, algorithm }: Refusal): boolean {
  return reason === 'algorithm_not_allowed' && /^none$/i.test(String(algorithm));
}
