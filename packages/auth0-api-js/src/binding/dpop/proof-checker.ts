import { createRequestRefusal } from '../../errors.js';
import type { EventListener } from '../../events.js';
import { readDpop, type DpopOptions } from '../../options/dpop-options.js';
import { whenReady } from '../../when-ready.js';
import type { DpopPolicy } from '../binding-policy.js';
import { createDpopPolicy } from '../create-binding.js';
import { checkReplay } from '../replay/check-replay.js';
import { checkProof } from './check-proof.js';
import { normalizeUrl } from './normalize-url.js';

/** A request for a token that is to be bound to the key of its proof. */
export interface ProvenRequest {
  /** Every `DPoP` line. */
  readonly proofs: readonly string[];
  readonly method: string;
  /** The absolute URL that was asked. */
  readonly url: string;
  /** The access token that it carries, where it carries one. */
  readonly accessToken?: string;
}

/**
 * Checks DPoP proofs where no token is verified: at a token endpoint, which binds a token to the key (RFC 9449 section 5).
 */
export class ProofChecker {
  readonly #policy: DpopPolicy;

  /** @throws InvalidConfigurationError: an option that cannot work, or a name that is none. */
  constructor(
    options: Omit<DpopOptions, 'mode' | 'baseUrl'>,
    surroundings: { readonly now?: () => number; readonly onEvent: EventListener },
  ) {
    const { now, onEvent: emit } = surroundings;
    this.#policy = createDpopPolicy(readDpop(options), { now, emit });
  }

  /** The signature algorithms of proofs that are accepted. */
  get algorithms(): readonly string[] {
    return [...this.#policy.proofs.algorithms];
  }

  /** The nonce to give out at the moment; nothing where nonces are not asked for. */
  nonce(): string | undefined {
    return this.#policy.proofs.nonces?.current();
  }

  /**
   * Checks a proof, and uses it up.
   *
   * @returns The thumbprint of its key (RFC 7638), for `cnf.jkt`.
   * @throws InvalidDpopProofError, DpopNonceRequiredError: the proof does not do.
   * @throws TemporarilyUnavailableError: the replay store could not be asked.
   */
  check({ proofs, method, url, accessToken }: ProvenRequest): string | Promise<string> {
    const normalUrl = normalizeUrl(url);
    if (normalUrl === undefined) throw createRequestRefusal('http_url_invalid');
    const demands = { method, url: normalUrl, accessToken, thumbprint: undefined };
    const proof = checkProof(proofs, this.#policy.proofs, demands);
    return whenReady(checkReplay(proof, this.#policy), () => proof.client);
  }
}
