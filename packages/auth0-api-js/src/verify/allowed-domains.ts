import { callCustom, describeThrown } from '../authorize/call-custom.js';
import { monotonicSeconds } from '../clock.js';
import { TemporarilyUnavailableError } from '../errors.js';
import type { EventListener } from '../events.js';
import { startDeadline } from '../keys/deadline.js';
import { within } from '../keys/within.js';
import type { DomainsContext, ResolverSettings } from '../options/domains-options.js';
import { readDomain } from '../read-domain.js';
import { RecentMap } from '../recent-map.js';
import { isPromiseLike } from '../when-ready.js';

const mostDomains = 1000;
const mostAnswers = 1000;

/** The issuers whose tokens a request may carry, by the application's own function. */
export class AllowedDomains {
  readonly #settings: ResolverSettings;
  readonly #emit: EventListener;
  readonly #answers = new RecentMap<Answer>(mostAnswers);
  /** Answers that are on their way, by key: whoever needs one waits for the same. */
  readonly #asked = new Map<string, Promise<ReadonlySet<string>>>();
  /** What the application was told last; nothing since the function has answered. */
  #told: string | undefined;

  constructor(settings: ResolverSettings, emit: EventListener) {
    this.#settings = settings;
    this.#emit = emit;
  }

  /**
   * Asks for the issuers of a request.
   *
   * @throws TemporarilyUnavailableError: the function threw, took too long, or answered with something else than domains.
   *   Nobody can say then whether the token is good.
   */
  resolve(context: DomainsContext): ReadonlySet<string> | Promise<ReadonlySet<string>> {
    const key = this.#keyOf(context);
    if (key === undefined) return this.#ask(context);
    const known = this.#answers.get(key);
    if (known !== undefined && monotonicSeconds() < known.until) return known.issuers;
    return this.#asked.get(key) ?? this.#askOnce(context, key);
  }

  #askOnce(context: DomainsContext, key: string): ReadonlySet<string> | Promise<ReadonlySet<string>> {
    const keep = (issuers: ReadonlySet<string>): ReadonlySet<string> => {
      this.#answers.set(key, { issuers, until: monotonicSeconds() + this.#settings.cacheSeconds });
      return issuers;
    };
    const answer = this.#ask(context);
    if (!isPromiseLike(answer)) return keep(answer);
    const asked = answer.then(keep).finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return asked;
  }

  #ask(context: DomainsContext): ReadonlySet<string> | Promise<ReadonlySet<string>> {
    const ask = (): unknown => this.#inTime(this.#settings.resolve(context));
    return callCustom(
      ask,
      (answer) => this.#read(answer),
      (error) => this.#fail(error),
    );
  }

  #keyOf(context: DomainsContext): string | undefined {
    const { cacheKey } = this.#settings;
    if (cacheKey === undefined) return undefined;
    try {
      return readKey(cacheKey(context));
    } catch (error) {
      return this.#fail(error);
    }
  }

  #inTime(answer: unknown): unknown {
    if (!isPromiseLike(answer)) return answer;
    const { deadlineSeconds } = this.#settings;
    const deadline = startDeadline(deadlineSeconds);
    const late = `it did not answer within ${deadlineSeconds} s (domainsResolver.deadlineSeconds)`;
    return within(deadline.signal, Promise.resolve(answer))
      .catch((error: unknown) => {
        throw deadline.signal.aborted ? new AnswerError(late) : error;
      })
      .finally(() => deadline.clear());
  }

  #read(answer: unknown): ReadonlySet<string> {
    try {
      const issuers = readAnswer(answer, this.#settings.privateHosts);
      this.#told = undefined;
      return issuers;
    } catch (error) {
      return this.#fail(error);
    }
  }

  #fail(error: unknown): never {
    const what = error instanceof AnswerError ? error.message : `it failed (${describeThrown(error)})`;
    const message = `The function of the option "domains": ${what}. Requests get 503 until it answers with an array of domains.`;
    if (this.#told !== message) this.#emit({ type: 'misuse', reason: 'domains_resolver_failed', message });
    this.#told = message;
    throw new TemporarilyUnavailableError('domains_resolver_failed', 1);
  }
}

/** What the function has answered, and until when it is believed, on the monotonic clock. */
interface Answer {
  readonly issuers: ReadonlySet<string>;
  readonly until: number;
}

/** What is wrong with an answer, in words for the programmer. */
class AnswerError extends Error {}

function readKey(key: unknown): string {
  if (typeof key === 'string') return key;
  throw new AnswerError('cacheKey() did not answer with a string');
}

function readAnswer(answer: unknown, privateHosts: ReadonlySet<string>): ReadonlySet<string> {
  if (!Array.isArray(answer)) throw new AnswerError('it did not answer with an array');
  if (answer.length > mostDomains) throw new AnswerError(`it answered with more than ${mostDomains} domains`);
  return new Set(answer.map((domain) => readAllowedDomain(domain, privateHosts)));
}

function readAllowedDomain(domain: unknown, privateHosts: ReadonlySet<string>): string {
  if (typeof domain !== 'string') throw new AnswerError('it answered with a domain that is no string');
  let issuer: string;
  try {
    issuer = readDomain(domain, 'domains');
  } catch {
    throw new AnswerError('it answered with something that is no domain');
  }
  const { protocol, hostname } = new URL(issuer);
  if (protocol === 'https:' || privateHosts.has(hostname)) return issuer;
  throw new AnswerError(
    'it answered with an http:// address. Only hosts in "allowPrivateHosts" may have one',
  );
}
