import { describe, expect, it } from 'vitest';
import { toSentence } from '../../../src/cli/command-line/to-sentence.js';

describe('toSentence', () => {
  it.each([
    ['the client does not exist', 'The client does not exist.'],
    ['The user does not exist.', 'The user does not exist.'],
    ['really?', 'Really?'],
    ['this helps:', 'This helps:'],
    ['it is (really)', 'It is (really).'],
    [' --name is missing ', '--name is missing.'],
  ])('makes of %j the sentence %j', (message, sentence) => {
    expect(toSentence(message)).toBe(sentence);
  });
});
