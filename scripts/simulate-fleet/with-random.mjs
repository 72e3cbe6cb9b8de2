/**
 * Does something while `Math.random` answers the same on every run: with numbers of a fixed sequence, or always with the
 * middle. What it does is given a source of its own, for chances that are not the client's.
 */
export function withRandom({ hasJitter }, act) {
  const random = Math.random;
  Math.random = hasJitter ? createSequence(1) : () => 0.5;
  try {
    act(createSequence(2));
  } finally {
    Math.random = random;
  }
}

/** Numbers from 0 to 1 by Marsaglia's xorshift with 32 bits. */
function createSequence(seed) {
  let state = seed * 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
