import { defaultKeySettings } from '../../src/keys/key-settings.js';
import type { Mood } from './fake-issuer.js';

/** A request for keys, and what becomes of it. */
export interface ModelRequest {
  readonly isFitting: boolean;
  /** A place in the pool of keys, a key id that nobody has, or none. */
  readonly kid: number | 'made-up' | undefined;
  /** Whether it is answered in the same tick. */
  isAtOnce: boolean;
  /** The keys it gets, or why it gets none; nothing while it waits. */
  outcome: readonly number[] | string | undefined;
}

/** What a request waits for: any keys, keys that nobody here has yet, or that there are any. */
type Wish = 'keys' | 'newer keys' | 'readiness';

interface Flight {
  readonly mood: Mood;
  readonly published: readonly number[];
  readonly landsAt: number;
  readonly waiting: { readonly request: ModelRequest; readonly wants: Wish }[];
}

const {
  deadlineSeconds,
  staleSeconds,
  freshSeconds,
  minFreshSeconds,
  maxFreshSeconds,
  unknownKeyCooldownSeconds,
} = defaultKeySettings;

/** What `IssuerKeys` promises, without a clock, a timer, a promise or a key. Times in milliseconds. */
export class IssuerKeysModel {
  now: number;
  mood: Mood = { kind: 'good', delay: 0 };
  published: readonly number[] = [0];
  requests = 0;
  events: string[] = [];
  held: { readonly kids: readonly number[]; fetchedAt: number; readonly fresh: number } | undefined;
  flight: Flight | undefined;
  failure: { readonly reason: string; readonly text: string; retryAt: number } | undefined;
  /** When the next attempt is made, whether or not a request comes. */
  alarmAt: number | undefined;
  isClosed = false;
  /** What `Math.random()` says. */
  readonly random: number;
  readonly #requestsPerAnswer: number;
  #failures = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #told = '';

  constructor(now: number, random: number, hasMetadata: boolean) {
    this.now = now;
    this.random = random;
    this.#requestsPerAnswer = hasMetadata ? 2 : 1;
  }

  get state(): 'empty' | 'fresh' | 'stale' | 'expired' {
    if (this.held === undefined) return 'empty';
    if (this.now < this.held.fetchedAt + this.held.fresh) return 'fresh';
    return this.now < this.#staleUntil(this.held) ? 'stale' : 'expired';
  }

  /** Moments at which something changes without a word. */
  get boundaries(): readonly number[] {
    const { held, failure, flight, alarmAt } = this;
    return [
      ...(held ? [this.#refreshAt(held), held.fetchedAt + held.fresh, this.#staleUntil(held)] : []),
      ...(failure ? [failure.retryAt] : []),
      ...(flight ? [flight.landsAt] : []),
      ...(alarmAt === undefined ? [] : [alarmAt]),
      this.#lookedAt + unknownKeyCooldownSeconds * 1000,
    ].filter((at) => Number.isFinite(at));
  }

  /** When something happens by itself. */
  get nextEventAt(): number {
    return this.flight?.landsAt ?? this.alarmAt ?? Number.POSITIVE_INFINITY;
  }

  /** What happens by itself now. */
  step(): void {
    if (this.flight === undefined) this.#takeOff();
    else this.#land(this.flight);
  }

  ask(kid: ModelRequest['kid'], isFitting: boolean): ModelRequest {
    const request: ModelRequest = { kid, isFitting, isAtOnce: false, outcome: undefined };
    const { state, failure } = this;
    if (state === 'fresh') {
      this.#choose(request, true);
    } else if (state === 'stale' && failure !== undefined) {
      this.#tell('keys_stale');
      this.#choose(request, true);
    } else {
      if (state === 'expired' && failure !== undefined) this.#tell('keys_expired');
      this.#wait(request, 'keys');
    }
    return request;
  }

  prepare(): ModelRequest {
    const request: ModelRequest = { kid: undefined, isFitting: false, isAtOnce: false, outcome: undefined };
    if (this.state === 'fresh' || this.state === 'stale') request.outcome = [];
    else this.#wait(request, 'readiness');
    return request;
  }

  close(): void {
    this.isClosed = true;
    this.alarmAt = undefined;
    const { flight } = this;
    this.flight = undefined;
    for (const { request, wants } of flight?.waiting ?? []) this.#refuse(request, wants, 'client_closed');
  }

  /** Another process begins with what this one has written down. */
  restart(): void {
    if (this.state === 'expired') this.held = undefined;
    this.flight = undefined;
    this.failure = undefined;
    this.#failures = 0;
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    this.#told = '';
    this.isClosed = false;
    this.alarmAt = this.held && Math.max(this.now, this.#refreshAt(this.held));
  }

  #choose(request: ModelRequest, isAtOnce: boolean): void {
    const { kid, isFitting } = request;
    const kids = this.held?.kids ?? [];
    if (kid === undefined || kids.includes(Number(kid))) {
      const chosen = kid === undefined ? kids : [Number(kid)];
      request.outcome = isFitting && chosen.length === 1 ? chosen : [];
      request.isAtOnce = isAtOnce;
    } else if (this.flight || this.isClosed || this.failure) {
      this.#wait(request, 'newer keys');
    } else if (this.now - this.#lookedAt >= unknownKeyCooldownSeconds * 1000) {
      this.#lookedAt = this.now;
      this.#wait(request, 'newer keys');
    } else {
      request.outcome = [];
      request.isAtOnce = isAtOnce;
    }
  }

  #wait(request: ModelRequest, wants: Wish): void {
    if (this.flight === undefined) {
      if (this.isClosed) return this.#refuse(request, wants, 'client_closed');
      if (this.failure && this.now < this.failure.retryAt)
        return this.#refuse(request, wants, this.failure.reason);
      this.#takeOff();
    }
    this.flight?.waiting.push({ request, wants });
  }

  /** Newer keys cannot be had. Those in memory serve if they are not too old; they tell nothing of an unknown key id. */
  #refuse(request: ModelRequest, wants: Wish, reason: string): void {
    if (wants === 'keys' && this.state === 'stale') {
      this.#tell('keys_stale');
      if (request.kid === undefined || this.held?.kids.includes(Number(request.kid)))
        return this.#choose(request, false);
    }
    request.outcome = reason;
  }

  #takeOff(): void {
    const { mood, published, now } = this;
    this.alarmAt = undefined;
    this.requests += 1;
    this.flight = {
      mood,
      published,
      landsAt: now + Math.min(mood.delay, deadlineSeconds) * 1000,
      waiting: [],
    };
  }

  #land({ mood, published, waiting }: Flight): void {
    this.flight = undefined;
    const isSilent = mood.delay >= deadlineSeconds;
    if (!isSilent && (mood.kind === 'good' || mood.kind === 'empty'))
      this.requests += this.#requestsPerAnswer - 1;
    if (!isSilent && mood.kind === 'good') {
      const fresh = Math.min(Math.max(mood.maxAge ?? freshSeconds, minFreshSeconds), maxFreshSeconds);
      this.held = { kids: published, fetchedAt: this.now, fresh: fresh * 1000 };
      this.alarmAt = this.#refreshAt(this.held);
      this.#told = '';
      this.#failures = 0;
      if (this.failure !== undefined) this.events.push('recovery');
      this.failure = undefined;
      for (const { request } of waiting) {
        if (published.includes(Number(request.kid)) || request.kid === undefined)
          this.#choose(request, false);
        else request.outcome = [];
      }
      return;
    }
    this.#fail(mood, isSilent);
    for (const { request, wants } of waiting) this.#refuse(request, wants, this.failure?.reason ?? '');
  }

  #fail({ kind, status, retryAfter }: Mood, isSilent: boolean): void {
    this.#failures += 1;
    const spread = this.random * (Math.min(30_000, 500 * 2 ** this.#failures) - 500);
    const asked = isSilent || kind !== 'status' ? undefined : retryAfter;
    const wait =
      asked === undefined ? 500 + spread : Math.max(500, Math.min(asked * 1000, 30_000)) + spread / 4;
    const reason = kind === 'empty' && !isSilent ? 'issuer_keys_invalid' : 'issuer_unreachable';
    const text = isSilent ? 'silent' : `${kind} ${kind === 'status' ? status : ''}`;
    if (this.failure?.text !== text) this.events.push(`outage ${reason}`);
    this.failure = { reason, text, retryAt: this.now + wait };
    this.alarmAt = this.failure.retryAt;
  }

  #refreshAt({ fetchedAt, fresh }: { readonly fetchedAt: number; readonly fresh: number }): number {
    return fetchedAt + fresh * (0.8 + this.random * 0.15);
  }

  #staleUntil({ fetchedAt, fresh }: { readonly fetchedAt: number; readonly fresh: number }): number {
    return fetchedAt + fresh + staleSeconds * 1000;
  }

  /** Once, until there are new keys. */
  #tell(event: string): void {
    if (this.#told === event) return;
    this.#told = event;
    this.events.push(event);
  }
}
