import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeHardware } from '../scripts/faults/describe-hardware.mjs';
import { fail } from '../scripts/ports.mjs';
import { drawPictures } from './report/draw-pictures.mjs';
import { printSuite } from './report/print-suite.mjs';
import { roundFigure } from './report/round-figure.mjs';
import { writeReport } from './report/write-report.mjs';
import { writeResults } from './report/write-results.mjs';
import { eventLoop } from './suites/event-loop.mjs';
import { growth } from './suites/growth.mjs';
import { installSize } from './suites/install-size.mjs';
import { memory } from './suites/memory.mjs';
import { refusals } from './suites/refusals.mjs';
import { requests } from './suites/requests.mjs';
import { startUp } from './suites/start-up.mjs';
import { verification } from './suites/verification.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const suites = [verification, requests, refusals, memory, eventLoop, startUp, installSize, growth];

/**
 * Measures, and prints what was measured. A run of everything that is not quick is kept, and becomes README.md.
 *
 * @param {{ isQuick: boolean, isJson: boolean, only: string[] }} options
 */
export async function runBench({ isQuick, isJson, only }) {
  const chosen = chooseSuites(only);
  const startedAt = new Date();
  const machine = describeHardware();
  tell(`Node.js ${process.versions.node}, ${machine}`);
  const measured = [];
  for (const suite of chosen) {
    const result = await measureSuite(suite, isQuick);
    if (!isJson) printSuite(result);
    measured.push(result);
  }
  if (isJson) process.stdout.write(`${JSON.stringify(measured.flatMap(({ rows }) => rows))}\n`);
  if (only.length === 0) await finish({ startedAt, machine, measured, isQuick });
  tell(`\n${describeTime(Date.now() - startedAt.getTime())} in all.`);
}

function chooseSuites(names) {
  const known = suites.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) fail(`"${unknown}" is no suite. There are ${known.join(', ')}.`);
  return names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
}

async function measureSuite({ name, title, measure }, isQuick) {
  const result = await measure({ isQuick, tell: (text) => tell(`${name}: ${text}`) });
  const { promises, series, notes } = result;
  const rows = result.rows.map((row) => ({
    name: row.name,
    peer: row.peer,
    ours: roundFigure(row.ours),
    theirs: roundFigure(row.theirs),
    ratio: roundFigure(row.ratio),
    unit: row.unit,
  }));
  return { name, title, rows, promises, series, notes };
}

async function finish({ startedAt, machine, measured, isQuick }) {
  const date = startedAt.toISOString().slice(0, 10);
  const run = { date, machine, node: process.versions.node, suites: measured };
  // A picture of a row that has got another name is an error, and a quick run is where it shows.
  if (isQuick) drawPictures(run);
  else await keep(run);
}

async function keep(run) {
  const results = join(folder, 'results');
  await writeResults(results, run);
  await writeReport(results, folder);
}

/** What is going on. It never goes to the standard output, which is for what was measured. */
function tell(text) {
  process.stderr.write(`${text}\n`);
}

function describeTime(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
