/** An authentication scheme of the `Authorization` header. */
export type Scheme = 'bearer' | 'dpop';

/** What a request presents beside its token. */
export interface Presented {
  readonly scheme: Scheme;
  /** Every `DPoP` header line. */
  readonly proofs: readonly string[];
  readonly method: string | undefined;
  /** The client's certificate, in a form that `mtls.getCertificate` may answer with. Asked for only if it is needed. */
  certificate(): unknown;
}

/** A bearer with nothing but the token. */
export const bearerOnly: Presented = {
  scheme: 'bearer',
  proofs: [],
  method: undefined,
  certificate: () => undefined,
};
