import type { KeySource } from '../keys/key-source.js';
import type { Presented } from '../binding/presented.js';
import type { TokenPolicy } from './token-policy.js';

/** An issuer this API trusts. */
export interface TrustedIssuer {
  /** The issuer identifier, exactly as tokens must name it. */
  readonly issuer: string;
  readonly keys: KeySource;
  readonly policy: TokenPolicy;
}

/** The issuers this API trusts. */
export interface TrustedIssuers {
  /**
   * Finds the issuer that a token names, if it is trusted. Nothing is fetched from an issuer that is not.
   *
   * @throws TemporarilyUnavailableError: nobody can say whether it is trusted.
   */
  find(
    issuer: string,
    presented: Pick<Presented, 'request'>,
  ): TrustedIssuer | undefined | Promise<TrustedIssuer | undefined>;

  /** A token that names this issuer was signed by it. */
  confirm(trusted: TrustedIssuer): void;

  /** Those that the options name. */
  configured(): readonly TrustedIssuer[];

  /** Those that are known now. */
  list(): readonly TrustedIssuer[];

  /** Ends what goes on in the background, for those that come later, too. */
  close(): void;

  /** The issuer, where exactly one is trusted and always will be. */
  readonly only: TrustedIssuer | undefined;
}

/** The issuers that the options name, one by one. */
export class ConfiguredIssuers implements TrustedIssuers {
  readonly only: TrustedIssuer | undefined;
  readonly #issuers: ReadonlyMap<string, TrustedIssuer>;

  constructor(issuers: readonly TrustedIssuer[]) {
    this.#issuers = new Map(issuers.map((trusted) => [trusted.issuer, trusted]));
    this.only = issuers.length === 1 ? issuers[0] : undefined;
  }

  find(issuer: string): TrustedIssuer | undefined {
    return this.#issuers.get(issuer);
  }

  /** They are known whatever tokens say. */
  confirm(): void {}

  configured(): readonly TrustedIssuer[] {
    return this.list();
  }

  list(): readonly TrustedIssuer[] {
    return [...this.#issuers.values()];
  }

  close(): void {
    for (const { keys } of this.#issuers.values()) keys.close();
  }
}
