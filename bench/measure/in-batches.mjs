const mostAtATime = 2500;

/**
 * Makes tokens a few at a time, so that no more are in memory. The next are being made, by other threads, while those that
 * are there are used.
 *
 * @param {(first: number, count: number) => Promise<string[]>} create
 * @returns {AsyncGenerator<string[]>}
 */
export async function* inBatches(create, first, count) {
  const begin = (at) => (at < count ? create(first + at, Math.min(mostAtATime, count - at)) : undefined);
  let at = 0;
  let next = begin(at);
  while (next !== undefined) {
    const tokens = await next;
    at += tokens.length;
    next = begin(at);
    yield tokens;
  }
}
