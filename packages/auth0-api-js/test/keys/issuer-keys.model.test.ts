import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TemporarilyUnavailableError } from '@auth0/auth0-api-js';
import { IssuerKeys } from '../../src/keys/issuer-keys.js';
import { defaultKeySettings } from '../../src/keys/key-settings.js';
import type { StoredKeySet } from '../../src/keys/stored-key-set.js';
import { stopTime } from '../support/clock.js';
import { alg, FakeIssuer, keyPool, type Mood } from '../support/fake-issuer.js';
import { IssuerKeysModel, type ModelRequest } from '../support/issuer-keys-model.js';

/** How many sequences are tried: always the same ones, unless somebody asks for others by their number. */
const asked = process.env['MODEL_RUNS'];
const runs = asked === undefined ? { numRuns: 10_000, seed: 7517 } : { numRuns: Number(asked) };

/** Real timers ring on whole milliseconds: so close to a boundary, nothing is asked. In milliseconds. */
const margin = 5;

/** A request to the real thing. */
interface RealRequest {
  readonly expected: ModelRequest;
  readonly isAtOnce: boolean;
  outcome: readonly (number | undefined)[] | string | undefined;
}

/** Everything that runs has its turn. */
const flush = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The real thing, its issuer, and what it has said. */
class Real {
  readonly issuer: FakeIssuer;
  readonly #jwksUri: string | undefined;
  keys: IssuerKeys;
  events: string[] = [];
  waiting: RealRequest[] = [];

  constructor(hasMetadata: boolean) {
    this.issuer = new FakeIssuer({ hasMetadata });
    this.#jwksUri = hasMetadata ? undefined : this.issuer.jwksUri;
    this.keys = this.#start();
  }

  restart(stored: StoredKeySet | undefined): void {
    this.keys = this.#start(stored);
  }

  prepare(expected: ModelRequest): void {
    const request: RealRequest = { expected, isAtOnce: false, outcome: undefined };
    this.waiting.push(request);
    this.keys.prepare().then(
      () => (request.outcome = []),
      (error: unknown) => (request.outcome = reasonOf(error)),
    );
  }

  ask(expected: ModelRequest): void {
    const { kid, isFitting } = expected;
    const name = typeof kid === 'number' ? keyPool[kid]?.kid : kid;
    const answer = this.keys.select(isFitting ? alg : 'RS256', name);
    const request: RealRequest = { expected, isAtOnce: Array.isArray(answer), outcome: undefined };
    this.waiting.push(request);
    const places = (keys: readonly { kid: string | undefined }[]): (number | undefined)[] =>
      keys.map((key) => keyPool.findIndex((one) => one.kid === key.kid));
    if (Array.isArray(answer)) request.outcome = places(answer);
    else
      Promise.resolve(answer).then(
        (keys) => (request.outcome = places(keys)),
        (error: unknown) => (request.outcome = reasonOf(error)),
      );
  }

  #start(stored?: StoredKeySet): IssuerKeys {
    return new IssuerKeys({
      ...defaultKeySettings,
      issuer: this.issuer.issuer,
      jwksUri: this.#jwksUri,
      fetch: this.issuer.fetch,
      stored,
      emit: (event) => this.events.push(event.type === 'outage' ? `outage ${event.reason}` : event.type),
    });
  }
}

function reasonOf(error: unknown): string {
  const isOutage = error instanceof TemporarilyUnavailableError;
  return `${isOutage ? error.reason : String(error)}`;
}

/** Everything that has happened in any sequence, so that a test that meets nothing fails. */
const met = new Set<string>();

function describeAnswer({ isAtOnce, outcome }: RealRequest): string {
  const what = typeof outcome === 'string' ? outcome : outcome?.length === 0 ? 'no key' : 'a key';
  return `${isAtOnce ? 'at once' : 'later'}: ${what}`;
}

/** Compares everything that can be seen from outside, and takes over the part of a millisecond that timers round away. */
function compare(model: IssuerKeysModel, real: Real): void {
  const { held, failure, alarmAt } = model;
  const health = real.keys.health();
  // What happens by itself may happen within the millisecond in which the state changes.
  const isTurning = model.boundaries.some((boundary) => Math.abs(boundary - model.now) < 2);
  const seen = {
    state: isTurning ? model.state : health.state,
    isUsable: health.state === 'fresh' || health.state === 'stale' ? health.isUsable : !health.isUsable,
    keyCount: health.keyCount,
    isFetching: health.isFetching,
    error: health.lastError?.reason,
    requests: real.issuer.requests,
    events: real.events,
    requestsMade: real.waiting.map(({ isAtOnce, outcome }) => ({ isAtOnce, outcome })),
  };
  expect(seen).toEqual({
    state: model.state,
    isUsable: true,
    keyCount: held?.kids.length ?? 0,
    isFetching: model.flight !== undefined,
    error: failure?.reason,
    requests: model.requests,
    events: model.events,
    requestsMade: real.waiting.map(({ expected: { isAtOnce, outcome } }) => ({ isAtOnce, outcome })),
  });
  for (const event of real.events) met.add(event);
  for (const request of real.waiting) if (request.outcome !== undefined) met.add(describeAnswer(request));
  real.waiting = real.waiting.filter(({ outcome }) => outcome === undefined);
  real.events = [];
  model.events = [];
  const { ageSeconds, nextAttemptInSeconds } = health;
  expect([ageSeconds === undefined, nextAttemptInSeconds === undefined]).toEqual([
    held === undefined,
    alarmAt === undefined,
  ]);
  if (held !== undefined && ageSeconds !== undefined)
    held.fetchedAt = closeTo(model.now - ageSeconds * 1000, held.fetchedAt);
  if (alarmAt !== undefined && nextAttemptInSeconds !== undefined) {
    model.alarmAt = closeTo(model.now + nextAttemptInSeconds * 1000, alarmAt);
    if (failure?.retryAt === alarmAt) failure.retryAt = model.alarmAt;
  }
}

function compareStored({ held }: IssuerKeysModel, stored: StoredKeySet | undefined): void {
  expect(stored?.keys.map(({ kid }) => kid)).toEqual(held?.kids.map((kid) => keyPool[kid]?.kid));
  expect(stored?.freshSeconds).toBe(held && held.fresh / 1000);
}

function closeTo(actual: number, expected: number): number {
  if (Math.abs(actual - expected) > 2) expect(actual).toBe(expected);
  return actual;
}

/** Lets time pass, from one thing that happens by itself to the next, and compares after each. */
async function pass(model: IssuerKeysModel, real: Real, milliseconds: number): Promise<void> {
  let until = performance.now() + milliseconds;
  for (;;) {
    const next = Math.ceil(model.nextEventAt);
    if (Math.abs(next - until) < margin) until = next;
    const at = Math.min(until, next);
    vi.advanceTimersByTime(Math.max(0, at - performance.now()));
    await flush();
    model.now = performance.now();
    while (model.nextEventAt <= model.now) model.step();
    compare(model, real);
    if (model.now < until) continue;
    const near = model.boundaries.find((boundary) => Math.abs(boundary - model.now) < margin);
    if (near === undefined) return;
    until = Math.ceil(near + margin);
  }
}

class PassTime implements fc.AsyncCommand<IssuerKeysModel, Real> {
  readonly #milliseconds: number;
  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }
  check = (): boolean => true;
  run = async (model: IssuerKeysModel, real: Real): Promise<void> => pass(model, real, this.#milliseconds);
  toString = (): string => `pass(${this.#milliseconds} ms)`;
}

class PassToBoundary implements fc.AsyncCommand<IssuerKeysModel, Real> {
  readonly #which: number;
  readonly #beyond: number;
  constructor(which: number, beyond: number) {
    this.#which = which;
    this.#beyond = beyond;
  }
  check = ({ boundaries }: IssuerKeysModel): boolean => boundaries.length > 0;
  async run(model: IssuerKeysModel, real: Real): Promise<void> {
    const { boundaries, now } = model;
    const at = boundaries[this.#which % boundaries.length] ?? now;
    await pass(model, real, Math.max(0, Math.round(at + this.#beyond - now)));
  }
  toString = (): string => `passToBoundary(${this.#which}, ${this.#beyond} ms)`;
}

type AskedKid = ModelRequest['kid'];

class Ask implements fc.AsyncCommand<IssuerKeysModel, Real> {
  readonly #kids: readonly AskedKid[];
  readonly #isFitting: boolean;
  constructor(kids: readonly AskedKid[], isFitting: boolean) {
    this.#kids = kids;
    this.#isFitting = isFitting;
  }
  check = (): boolean => true;
  async run(model: IssuerKeysModel, real: Real): Promise<void> {
    for (const kid of this.#kids) real.ask(model.ask(kid, this.#isFitting));
    await pass(model, real, 0);
  }
  toString = (): string => `ask(${this.#kids.join(', ')}${this.#isFitting ? '' : '; another algorithm'})`;
}

/** What waits for keys and does not need one in particular. */
class Prepare implements fc.AsyncCommand<IssuerKeysModel, Real> {
  check = (): boolean => true;
  async run(model: IssuerKeysModel, real: Real): Promise<void> {
    real.prepare(model.prepare());
    await pass(model, real, 0);
  }
  toString = (): string => 'prepare()';
}

class Change implements fc.AsyncCommand<IssuerKeysModel, Real> {
  readonly #change: { readonly mood?: Mood; readonly published?: readonly number[] };
  constructor(change: { readonly mood?: Mood; readonly published?: readonly number[] }) {
    this.#change = change;
  }
  check = (): boolean => true;
  async run(model: IssuerKeysModel, { issuer }: Real): Promise<void> {
    Object.assign(model, this.#change);
    Object.assign(issuer, this.#change);
  }
  toString = (): string => `issuer(${fc.stringify(this.#change)})`;
}

class Close implements fc.AsyncCommand<IssuerKeysModel, Real> {
  check = (): boolean => true;
  async run(model: IssuerKeysModel, real: Real): Promise<void> {
    real.keys.close();
    model.close();
    await pass(model, real, 0);
  }
  toString = (): string => 'close()';
}

/** Another process begins with the keys of this one, over JSON. */
class Restart implements fc.AsyncCommand<IssuerKeysModel, Real> {
  check = (): boolean => true;
  async run(model: IssuerKeysModel, real: Real): Promise<void> {
    const stored = real.keys.store();
    compareStored(model, stored);
    await new Close().run(model, real);
    real.restart(stored && (JSON.parse(JSON.stringify(stored)) as StoredKeySet));
    model.restart();
    await pass(model, real, 0);
  }
  toString = (): string => 'restart()';
}

const anyKid = fc.oneof(
  { weight: 6, arbitrary: fc.nat(keyPool.length - 1) },
  { weight: 2, arbitrary: fc.constant('made-up' as const) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const anyDelay = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(0.3, 2) },
  { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
);
const anyMood: fc.Arbitrary<Mood> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('good' as const), delay: anyDelay }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('good' as const),
      maxAge: fc.constantFrom(0, 30, 90, 3600, 1e9),
      delay: anyDelay,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('down', 'html', 'empty'), delay: anyDelay }),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        kind: fc.constant('status' as const),
        status: fc.constantFrom(429, 503),
        retryAfter: fc.constantFrom(0, 7, 1e9),
        delay: anyDelay,
      },
      { requiredKeys: ['kind', 'status', 'delay'] },
    ),
  },
);
const somePublished = fc.uniqueArray(fc.nat(keyPool.length - 1), { minLength: 1, maxLength: 3 });
const anyCommand = [
  fc.integer({ min: 1, max: 3000 }).map((time) => new PassTime(time)),
  fc.constantFrom(20_000, 60_000, 500_000, 600_000, 3_600_000, 4_200_000).map((time) => new PassTime(time)),
  fc.tuple(fc.nat(5), fc.constantFrom(-4000, -6, 6, 300)).map(([which, by]) => new PassToBoundary(which, by)),
  fc.tuple(fc.nat(5), fc.constantFrom(-6, 6)).map(([which, by]) => new PassToBoundary(which, by)),
  anyKid.map((kid) => new Ask([kid], true)),
  anyKid.map((kid) => new Ask([kid], true)),
  fc
    .tuple(fc.array(anyKid, { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([kids, isFitting]) => new Ask(kids, isFitting)),
  somePublished.map((published) => new Change({ published })),
  anyMood.map((mood) => new Change({ mood })),
  anyMood.map((mood) => new Change({ mood })),
  fc
    .constantFrom<Mood>({ kind: 'good', delay: 0 }, { kind: 'down', delay: 0 })
    .map((mood) => new Change({ mood })),
  fc.constantFrom(new Restart(), new Restart(), new Prepare(), new Prepare(), new Close()),
];

afterEach(() => {
  vi.restoreAllMocks();
});

describe('IssuerKeys and its model', () => {
  it(
    `do not differ in ${runs.numRuns} sequences of requests, time, rotations and outages`,
    { timeout: 600_000 },
    async () => {
      stopTime();
      const random = vi.spyOn(Math, 'random');
      await fc.assert(
        fc.asyncProperty(
          fc.commands(anyCommand, { maxCommands: 20, size: 'max' }),
          fc.constantFrom(0.2, 0.5, 0.9),
          fc.boolean(),
          async (commands, jitter, hasMetadata) => {
            random.mockReturnValue(jitter);
            const real = new Real(hasMetadata);
            try {
              const model = new IssuerKeysModel(performance.now(), jitter, hasMetadata);
              await fc.asyncModelRun(() => ({ model, real }), commands);
            } finally {
              real.keys.close();
            }
          },
        ),
        runs,
      );
      expect([...met].toSorted()).toEqual([
        'at once: a key',
        'at once: no key',
        'keys_expired',
        'keys_stale',
        'later: a key',
        'later: client_closed',
        'later: issuer_keys_invalid',
        'later: issuer_unreachable',
        'later: no key',
        'outage issuer_keys_invalid',
        'outage issuer_unreachable',
        'recovery',
      ]);
    },
  );
});
