import { monotonicSeconds } from '../clock.js';
import { TemporarilyUnavailableError } from '../errors.js';
import type { Presented } from '../binding/presented.js';
import { RecentMap } from '../recent-map.js';
import { whenReady } from '../when-ready.js';
import type { AllowedDomains } from './allowed-domains.js';
import { RecentIssuers } from './recent-issuers.js';
import type { ConfiguredIssuers, TrustedIssuer, TrustedIssuers } from './trusted-issuers.js';

/** What issuers that come in at run time are made with. */
export interface ResolvedIssuersSettings {
  readonly configured: ConfiguredIssuers;
  readonly domains: AllowedDomains;
  /** How many are remembered beside the configured ones. */
  readonly maxIssuers: number;
  /** How long an issuer is left alone whose keys have verified nothing. */
  readonly cooldownSeconds: number;
  readonly create: (issuer: string) => TrustedIssuer;
}

/** How many issuers that are left alone are remembered by name. */
const mostLeftAlone = 10_000;

/**
 * The issuers that the options name, and those that the application's resolver allows request by request.
 *
 * Anybody can name an allowed issuer in a token that it has not signed. So those whose keys have verified a token are
 * remembered apart, where forged tokens forget none of them; and one that was forgotten before it verified anything is
 * left alone for a while, so that forged tokens cannot make it be asked again and again.
 */
export class ResolvedIssuers implements TrustedIssuers {
  readonly only: undefined;
  readonly #settings: ResolvedIssuersSettings;
  readonly #proven: RecentIssuers;
  readonly #tried: RecentIssuers;
  /** Until when, on the monotonic clock. */
  readonly #leftAlone = new RecentMap<number>(mostLeftAlone);
  #isClosed = false;

  constructor(settings: ResolvedIssuersSettings) {
    const { maxIssuers, cooldownSeconds } = settings;
    this.#settings = settings;
    this.#proven = new RecentIssuers(maxIssuers, ({ keys }) => keys.close());
    this.#tried = new RecentIssuers(maxIssuers, ({ issuer, keys }) => {
      keys.close();
      this.#leftAlone.set(issuer, monotonicSeconds() + cooldownSeconds);
    });
  }

  find(
    issuer: string,
    presented: Pick<Presented, 'request'>,
  ): TrustedIssuer | undefined | Promise<TrustedIssuer | undefined> {
    const { configured, domains } = this.#settings;
    const own = configured.find(issuer);
    if (own !== undefined) return own;
    return whenReady(domains.resolve({ ...presented.request, unverifiedIss: issuer }), (allowed) =>
      allowed.has(issuer) ? this.#remembered(issuer) : undefined,
    );
  }

  confirm(trusted: TrustedIssuer): void {
    const { issuer } = trusted;
    this.#leftAlone.delete(issuer);
    if (this.#proven.get(issuer) !== trusted && this.#tried.get(issuer) !== trusted) return;
    this.#tried.release(issuer);
    this.#proven.use(trusted);
  }

  configured(): readonly TrustedIssuer[] {
    return this.#settings.configured.list();
  }

  list(): readonly TrustedIssuer[] {
    return [...this.configured(), ...this.#tried.list(), ...this.#proven.list()];
  }

  close(): void {
    this.#isClosed = true;
    for (const { keys } of this.list()) keys.close();
  }

  #remembered(issuer: string): TrustedIssuer {
    return this.#proven.get(issuer) ?? this.#tried.get(issuer) ?? this.#create(issuer);
  }

  /** Its keys are asked for at once: until they are there it is not forgotten, so the request at hand gets them. */
  #create(issuer: string): TrustedIssuer {
    const secondsLeft = (this.#leftAlone.get(issuer) ?? 0) - monotonicSeconds();
    if (secondsLeft > 0) throw new TemporarilyUnavailableError('too_many_issuers', secondsLeft);
    const trusted = this.#settings.create(issuer);
    if (this.#isClosed) trusted.keys.close();
    else trusted.keys.prepare().catch(() => {});
    this.#tried.use(trusted);
    return trusted;
  }
}
