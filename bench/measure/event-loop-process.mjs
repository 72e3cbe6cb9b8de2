import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { runLoad } from '../../scripts/faults/run-load.mjs';
import { serveCalls } from '../../scripts/faults/serve-calls.mjs';

// A process that refuses hostile tokens at a steady rate, or does nothing at that rate, and says how its event loop fared.

let contender;
let tokens;

serveCalls({
  start: async ({ file, name }, hostile) => {
    const { [name]: create } = await import(`../contenders/${file}.mjs`);
    contender = create(hostile.settings);
    tokens = hostile.tokens;
    // What refuses everything is not what is measured here.
    assert.ok(await contender.verify(contender.prepare(hostile.good)));
  },
  /** @returns In ms: the 99th percentile of the event loop's delay, and the longest call of each shape. */
  measure: async ({ perSecond, seconds }) => {
    const longest = {};
    let next = 0;
    const refuseNext = async () => {
      const { shape, token } = tokens[next++ % tokens.length];
      const milliseconds = await refuse(token, shape);
      longest[shape] = Math.max(longest[shape] ?? 0, milliseconds);
    };
    const call = contender === undefined ? async () => {} : refuseNext;
    globalThis.gc();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const [{ failures }] = await runLoad([{ perSecond, call }], { seconds });
    delay.disable();
    assert.deepEqual(failures, {});
    return { p99: delay.percentile(99) / 1e6, longest };
  },
});

/** @returns How long it took, in ms. */
async function refuse(token, shape) {
  const header = contender.prepare(token);
  let error;
  const startedAt = performance.now();
  try {
    const subject = contender.verify(header);
    if (contender.isAsync) await subject;
  } catch (caught) {
    error = caught;
  }
  const milliseconds = performance.now() - startedAt;
  assert.ok(error, `Accepted: ${shape}`);
  return milliseconds;
}
