import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { roundFigure } from './round-figure.mjs';

/** Writes what a full run has measured to `node-<major>.json`, in place of what the last one did. */
export async function writeResults(folder, { date, machine, node, suites }) {
  const file = join(folder, `node-${node.split('.')[0]}.json`);
  const rounded = suites.map((suite) => ({ ...suite, series: suite.series.map(roundPoints) }));
  const text = JSON.stringify({ date, machine, node, suites: rounded });
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'json' }));
}

function roundPoints({ lines, ...series }) {
  const round = ({ points, ...line }) => ({ ...line, points: points.map(([x, y]) => [x, roundFigure(y)]) });
  return { ...series, lines: lines.map(round) };
}
