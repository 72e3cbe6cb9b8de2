import { keyThumbprint } from '../binding/dpop/key-thumbprint.js';
import { readPublicJwk } from '../keys/read-public-jwk.js';
import { readOptions } from '../read-options.js';
import { badProofs, type BadProofName } from './bad-proofs.js';
import { createTestKey } from './create-test-key.js';
import { findByName } from './find-by-name.js';
import { mintProof, proofClaims, type ProofRequest } from './mint-proof.js';
import type { TokenClaims } from './mint-token.js';

/** How a DPoP client for tests is made. */
export interface DpopClientOptions {
  /** What it signs proofs with, `ES256` by default. */
  algorithm?: string;
}

/** A client that proves which key it has (DPoP, RFC 9449). */
export interface DpopClient {
  /** The thumbprint of its key: what tokens that are bound to it have in `cnf.jkt`. */
  readonly thumbprint: string;
  /** A good proof, with these claims and header members over the usual ones. Each call makes another. */
  readonly proof: (
    request: ProofRequest,
    claims?: TokenClaims,
    header?: Readonly<Record<string, unknown>>,
  ) => string;
  /** A proof that must be refused, by the name of what is wrong with it. */
  readonly badProof: (name: BadProofName, request: ProofRequest) => string;
  /** The headers of a request with a token that is bound to it. */
  readonly headers: (request: ProofRequest & { accessToken: string }) => {
    readonly authorization: string;
    readonly dpop: string;
  };
}

/**
 * Creates a DPoP client for tests, with a key of its own. `issuer.boundToken(client)` makes the tokens it can use.
 */
export function createDpopClient(options: DpopClientOptions = {}): DpopClient {
  const { algorithm = 'ES256' } = readOptions(options, ['algorithm'], 'createDpopClient');
  const key = createTestKey(algorithm);
  const proof: DpopClient['proof'] = (request, claims = {}, header = {}) =>
    mintProof(key, { claims: proofClaims(request, claims), header });
  return {
    thumbprint: keyThumbprint(readPublicJwk(key.publicJwk).members),
    proof,
    badProof: (name, request) => findByName(badProofs, name, 'bad proof').mint({ key, request }),
    headers: (request) => ({ authorization: `DPoP ${request.accessToken}`, dpop: proof(request) }),
  };
}
