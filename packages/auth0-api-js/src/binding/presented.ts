import type { RequestContext } from '../request-context.js';

/** An authentication scheme of the `Authorization` header. */
export type Scheme = 'bearer' | 'dpop';

/** The request that a token came with, as far as it is asked for. */
export interface Presented {
  readonly scheme: Scheme;
  /** Every `DPoP` header line. */
  readonly proofs: readonly string[];
  readonly method: string | undefined;
  /** The client's certificate, in a form that `mtls.getCertificate` may answer with. Asked for only if it is needed. */
  certificate(): unknown;
  /** What the application's own functions see of it, and what tells the URL that a proof must name. */
  readonly request: RequestContext;
}

/** A bearer with nothing but the token. */
export const bearerOnly: Presented = {
  scheme: 'bearer',
  proofs: [],
  method: undefined,
  certificate: () => undefined,
  request: Object.freeze(Object.create(null)),
};
