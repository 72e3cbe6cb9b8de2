import { describe, expect, it } from 'vitest';
import { createClaimCheck } from '../../src/authorize/claim-check.js';

/** An error whose message was changed after its stack was written. */
function reworded(before: string, after: string): Error {
  return Object.assign(new Error(before), { message: after });
}

function report(thrown: unknown): string[] {
  const reports: string[] = [];
  const check = createClaimCheck<object, object>(() => {
    throw thrown;
  });
  expect(() => check({}, {}, (_reason, message) => reports.push(message))).toThrow('Invalid token claims');
  return reports;
}

describe('createClaimCheck', () => {
  it('says where its function threw', () => {
    expect(report(new TypeError('x'))[0]).toMatch(
      /\(TypeError at .*claim-check-place\.test\.ts:\d+:\d+\)?\)/,
    );
  });

  it.each([
    new Error('a\n    at secret (secret:1:1)'),
    reworded('a\n    at secret (secret:1:1)', 'b'),
    reworded('a\n    at secret (secret:1:1)', ''),
    reworded('a\n    at secret (secret:1:1)', 'while checking: a'),
    Object.assign(new Error('secret'), { message: { a: 1 } }),
    Object.assign(new Error('secret'), { stack: 7 }),
    'secret',
  ])('never takes a line of a message for a place (%#)', (thrown) => {
    const reports = report(thrown);
    expect(reports).toHaveLength(1);
    expect(reports[0]).not.toContain('secret');
  });
});
