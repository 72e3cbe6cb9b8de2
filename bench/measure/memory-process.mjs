import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { serveCalls } from '../../scripts/faults/serve-calls.mjs';
import { createSigningIssuer } from './create-tokens.mjs';
import { inBatches } from './in-batches.mjs';

// A process that verifies tokens none of which it has seen before, and says how much memory it holds. It makes them itself,
// a few at a time, and keeps none: only what the library keeps is left. To be started with --expose-gc.

const warmUpCount = 1000;
const { create, ...settings } = createSigningIssuer({ alg: 'ES256' });

/** How tokens are made, and what must become of them. */
const kinds = {
  good: { create, check: checkAccepted },
  /** The text of one good token under signatures that nobody has made. */
  bad: { create: createForged, check: checkRefused },
};

let kind;
let contender;
let made = 0;

serveCalls({
  /** Creates a verifier. What another one leaves behind when it has compiled everything is not this one's. */
  start: async ({ file, name, tokens }) => {
    const { [name]: createContender } = await import(`../contenders/${file}.mjs`);
    kind = kinds[tokens];
    contender = createContender(settings);
    await verify(warmUpCount);
    contender = createContender(settings);
    await kinds.good.check(contender, ...(await create(made++, 1)));
  },
  verify,
  /** The bytes that are in use: of the heap, and of what the heap refers to. */
  measure: async () => {
    for (let pass = 0; pass < 3; pass++) {
      globalThis.gc();
      await nextTurn();
    }
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
});

async function verify(count) {
  const first = made;
  made += count;
  for await (const tokens of inBatches(kind.create, first, count))
    for (const token of tokens) await kind.check(contender, token);
}

let signed;
async function createForged(_first, count) {
  if (signed === undefined) {
    const [good] = await create(0, 1);
    signed = good.slice(0, good.lastIndexOf('.'));
  }
  return Array.from({ length: count }, () => `${signed}.${randomBytes(64).toString('base64url')}`);
}

async function checkAccepted({ prepare, verify: accept }, token) {
  assert.ok(await accept(prepare(token)));
}

async function checkRefused({ prepare, verify: accept }, token) {
  let error;
  try {
    await accept(prepare(token));
  } catch (caught) {
    error = caught;
  }
  assert.equal(error?.reason, 'signature_invalid');
}
