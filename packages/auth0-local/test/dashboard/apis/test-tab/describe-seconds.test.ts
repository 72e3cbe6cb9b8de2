import { describe, expect, it } from 'vitest';
import { describeSeconds } from '../../../../dashboard/pages/apis/test/describe-seconds.ts';

describe('describeSeconds', () => {
  it.each([
    [1, '1 second'],
    [80, '80 seconds'],
    [600, '10 minutes'],
    [7200, '2 hours'],
    [7199, '2 hours'],
    [86_400, '24 hours'],
    [2_592_000, '30 days'],
  ])('%i is %s', (seconds, words) => {
    expect(describeSeconds(seconds)).toBe(words);
  });
});
