import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VerifyAccessTokenError } from '@auth0/auth0-api-js';
import { createClaimCheck } from '@auth0/auth0-api-js/adapter';

type Check = Parameters<typeof createClaimCheck<object, object>>[0];

/** Runs a check: its refusal if it refuses, and what the programmer is told. */
async function run(fn: () => unknown): Promise<{ refusal: unknown; reports: string[] }> {
  const reports: string[] = [];
  const report = (reason: string, message: string): unknown => reports.push(`${reason}: ${message}`);
  let refusal: unknown;
  try {
    await createClaimCheck(fn as Check)({}, {}, report);
  } catch (error) {
    refusal = error;
  }
  return { refusal, reports };
}

function expectRefusal(refusal: unknown): void {
  expect(refusal).toBeInstanceOf(VerifyAccessTokenError);
  expect(refusal).toMatchObject({ reason: 'claim_check_failed', message: 'Invalid token claims' });
}

/** What passes a value on like a promise and, unlike a promise's, returns nothing from `then`. */
class Thenable {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  then(resolve: (value: unknown) => void): void {
    resolve(this.#value);
  }
}

/** An error whose message was replaced. Its stack has begun with the old one since it was first read. */
function reworded(before: string, after: string): Error {
  const error = new Error(before);
  expect(error.stack).toContain(before);
  error.message = after;
  return error;
}

describe('createClaimCheck', () => {
  it('lets nothing but true pass, at once or by any kind of promise', async () => {
    const wraps = [
      (value: unknown) => value,
      async (value: unknown) => value,
      (value: unknown) => new Thenable(value),
    ];
    const answer = fc.oneof(fc.anything(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(answer, fc.constantFrom(...wraps), async (value, wrap) => {
        const { refusal, reports } = await run(() => wrap(value));
        if (value === true) expect([refusal, reports]).toEqual([undefined, []]);
        else {
          expectRefusal(refusal);
          const isReported = value !== false && value !== undefined;
          expect(reports.map((text) => text.slice(0, 18))).toEqual(isReported ? ['claim_check_result'] : []);
        }
      }),
    );
  });

  it.each<[string, unknown]>([
    ['a text', 'secret'],
    ['nothing', undefined],
    ['null', null],
    ['an object', { message: 'secret', stack: 'secret\n    at secret' }],
    ['an error without a stack', Object.assign(new Error('secret'), { stack: undefined })],
    ['an error whose stack is no text', Object.assign(new Error('secret'), { stack: 7 })],
    [
      'an error whose message is no text',
      Object.assign(new Error('a\n    at secret'), { message: { a: 1 } }),
    ],
    ['an error with a message of many lines', new Error('secret\n    at secret (secret)\n')],
    ['an error with another message', reworded('a\n    at secret', '¶')],
    ['an error with more of a message', reworded('a\n    at secret', 'while checking: a\n    at secret')],
    ['an error without a message', new Error('')],
  ])('refuses where the function throws %s, and keeps its words to itself', async (_what, thrown) => {
    const rejected = (): never => {
      throw thrown;
    };
    for (const fn of [rejected, async () => rejected()]) {
      const { refusal, reports } = await run(fn);
      expectRefusal(refusal);
      expect(reports).toEqual([expect.stringMatching(/^claim_check_threw: claimCheck\(/)]);
      expect(reports[0]).not.toContain('secret');
    }
  });

  it('names the place an error comes from', async () => {
    const { reports } = await run(function isPremium() {
      throw new RangeError('secret');
    });
    expect(reports[0]).toMatch(
      /claimCheck\(isPremium\): the function threw \(RangeError at .*claim-check\.test\.ts/,
    );
  });

  it('refuses without asking the function where nobody has verified a token', () => {
    const check = createClaimCheck(() => true);
    expect(() => check({}, undefined, () => {})).toThrow('No token found');
  });
});
