import { forgeToken } from './forge-token.mjs';
import { libraries } from './libraries.mjs';
import { percentile } from './percentile.mjs';
import { runLoad } from './run-load.mjs';
import { serveCalls } from './serve-calls.mjs';

// A process that verifies tokens with one of the libraries, for whoever started it.

/** @type {(token: string) => Promise<unknown>} */
let verify;
const events = [];

serveCalls({
  create: (library, settings) => {
    verify = libraries[library]({ ...settings, onEvent: keepEvent });
  },
  /** Verifies tokens one after another. */
  verifyEach: async (tokens) => {
    const startedAt = performance.now();
    let answered = 0;
    let failure;
    for (const token of tokens) {
      await verify(token).then(
        () => (answered += 1),
        (error) => (failure = error.code ?? error.message),
      );
    }
    return { answered, failure, seconds: (performance.now() - startedAt) / 1000 };
  },
  /** Verifies tokens all at once. */
  verifyAll: async (tokens) => {
    const results = await Promise.allSettled(tokens.map((token) => verify(token)));
    return { answered: results.filter(({ status }) => status === 'fulfilled').length };
  },
  /** Verifies tokens at a rate: those that are given, over and over, or forged ones, each with a key id of its own. */
  load: async (streams, times) => {
    const calls = streams.map(({ perSecond, tokens, forgedFrom }) => {
      let next = 0;
      const take = () => (forgedFrom === undefined ? tokens[next++ % tokens.length] : forgeToken(forgedFrom));
      return { perSecond, call: () => verify(take()) };
    });
    const results = await runLoad(calls, times);
    return results.map(({ milliseconds, ...result }, index) => ({
      ...result,
      p50: percentile(milliseconds, 0.5),
      p99: percentile(milliseconds, 0.99),
      slowest: percentile(milliseconds, 1),
      usualP99: usualP99(milliseconds, streams[index].perSecond),
    }));
  },
  forge: (good, count) => Array.from({ length: count }, () => forgeToken(good)),
  /** Moves the clocks of this process: what it remembers is so much older then. */
  advance: (seconds) => {
    for (const clock of [Date, performance]) {
      const now = clock.now.bind(clock);
      clock.now = () => now() + seconds * 1000;
    }
  },
  events: () => events,
});

/**
 * The 99th percentile of a second like most: the median of those of each second. A machine that stops the whole process
 * for a moment spoils some seconds; a library that makes others wait spoils all.
 */
function usualP99(milliseconds, perSecond) {
  const seconds = Math.max(1, Math.floor(milliseconds.length / perSecond));
  const each = Array.from({ length: seconds }, (_, second) =>
    percentile(milliseconds.slice(second * perSecond, (second + 1) * perSecond), 0.99),
  );
  return percentile(each, 0.5);
}

/** Refusals are counted by whoever makes the calls; a flood of them would only fill the memory. */
function keepEvent(event) {
  if (event.type !== 'refusal') events.push({ ...event, at: Date.now() });
}
