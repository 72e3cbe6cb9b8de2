import { createFaultIssuer } from '../faults/create-fault-issuer.mjs';
import { describeMachine } from '../faults/describe-machine.mjs';
import { startChild } from '../faults/start-child.mjs';
import { printTable } from '../print-table.mjs';
import { cases } from './cases.mjs';

const libraries = ['ours', 'jose', 'jwks-rsa', 'jwks-rsa, all on'];
const rounds = 3;

/** Puts each library through each fault, and prints what became of it: medians where there are several runs. */
export async function measureFaults() {
  console.log(describeMachine());
  /** Rows by their title, cells by their library. */
  const table = new Map();
  for (const { title, run, isIdle } of cases) {
    console.error(`${title} …`);
    // Waiting costs nothing: those that only wait do so side by side.
    const measureOne = (library) => measure(library, run, isIdle ? 1 : rounds);
    const results = isIdle
      ? await Promise.all(libraries.map(measureOne))
      : await inTurn(libraries, measureOne);
    for (const what of Object.keys(results[0]))
      table.set(
        `${title}: ${what}`,
        results.map((result) => result[what]),
      );
  }
  printTable(
    ['', ...libraries],
    [...table].map(([title, cells]) => [title, ...cells]),
  );
  console.log(`Medians of ${rounds} runs; of one run where a call is waited for.`);
}

async function measure(library, run, times) {
  const results = await inTurn(Array.from({ length: times }), () => runOnce(library, run));
  return Object.fromEntries(
    Object.keys(results[0]).map((what) => [what, median(results.map((result) => result[what]))]),
  );
}

async function runOnce(library, run) {
  const issuer = await createFaultIssuer();
  const { domain, audience, jwksUri, issuer: name } = issuer;
  const child = startChild(new URL('../faults/verifier-process.mjs', import.meta.url));
  try {
    await child.call('create', library, { domain, audience, jwksUri, issuer: name });
    return await run({ issuer, child });
  } finally {
    await child.stop();
    await issuer.close();
  }
}

async function inTurn(items, act) {
  const results = [];
  for (const item of items) results.push(await act(item));
  return results;
}

/** The middle one of numbers; of words the first. */
function median(values) {
  return values.every((value) => typeof value === 'number')
    ? values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
    : values[0];
}
