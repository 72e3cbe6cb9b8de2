import type { RequestContext } from '../request-context.js';
import { whenReady } from '../when-ready.js';
import type { AllowedDomains } from './allowed-domains.js';
import type { TrustedIssuer, TrustedIssuers } from './trusted-issuers.js';

/** What issuers that come in at run time are made with. */
export interface ResolvedIssuersSettings {
  readonly configured: TrustedIssuers;
  readonly domains: AllowedDomains;
  /** How many are remembered beside the configured ones. */
  readonly maxIssuers: number;
  readonly create: (issuer: string) => TrustedIssuer;
}

/** How many are looked at to make room for one. What is too many after a rush goes with the next ones. */
const mostLooks = 10;

/** The issuers that the options name, and those that the application's resolver allows request by request. */
export class ResolvedIssuers implements TrustedIssuers {
  readonly only: undefined;
  readonly #settings: ResolvedIssuersSettings;
  /** The one that was used longest ago comes first. */
  readonly #issuers = new Map<string, TrustedIssuer>();
  #isClosed = false;

  constructor(settings: ResolvedIssuersSettings) {
    this.#settings = settings;
  }

  find(
    issuer: string,
    request: RequestContext,
  ): TrustedIssuer | undefined | Promise<TrustedIssuer | undefined> {
    const { configured, domains } = this.#settings;
    const own = configured.find(issuer, request);
    if (own !== undefined) return own;
    return whenReady(domains.resolve({ ...request, unverifiedIss: issuer }), (allowed) =>
      allowed.has(issuer) ? this.#remembered(issuer) : undefined,
    );
  }

  list(): readonly TrustedIssuer[] {
    return [...this.#settings.configured.list(), ...this.#issuers.values()];
  }

  close(): void {
    this.#isClosed = true;
    for (const { keys } of this.list()) keys.close();
  }

  #remembered(issuer: string): TrustedIssuer {
    const trusted = this.#issuers.get(issuer) ?? this.#create(issuer);
    this.#issuers.delete(issuer);
    this.#issuers.set(issuer, trusted);
    this.#forgetSome(issuer);
    return trusted;
  }

  /** Its keys are asked for at once: until they are there it is not forgotten, so the request at hand gets them. */
  #create(issuer: string): TrustedIssuer {
    const trusted = this.#settings.create(issuer);
    if (this.#isClosed) trusted.keys.close();
    else trusted.keys.prepare().catch(() => {});
    return trusted;
  }

  /** Forgets those that were used longest ago; not one whose keys are on their way, since requests wait for them. */
  #forgetSome(justUsed: string): void {
    let looks = mostLooks;
    for (const [issuer, { keys }] of this.#issuers) {
      if (this.#issuers.size <= this.#settings.maxIssuers || looks-- === 0) return;
      if (issuer === justUsed || keys.health().isFetching) continue;
      keys.close();
      this.#issuers.delete(issuer);
    }
  }
}
