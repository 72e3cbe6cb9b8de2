import { comparisons } from './comparisons.mjs';
import { drawBarChart } from './draw-bar-chart.mjs';
import { drawLineChart } from './draw-line-chart.mjs';

/**
 * Draws all pictures of what was measured on one version of Node.js: the main comparisons, and each series.
 *
 * @returns {{ file: string, title: string, svg: string }[]}
 */
export function drawPictures({ node, suites }) {
  const place = `Node.js\u00A0${node}`;
  return suites.flatMap((suite) => [
    ...comparisons
      .filter((comparison) => comparison.suite === suite.name)
      .map((one) => drawComparison(one, suite, place)),
    ...suite.series.map((series) => drawSeries(series, suite, place)),
  ]);
}

function drawComparison({ file, row, title, what, ours }, suite, place) {
  const rows = suite.rows.filter(({ name, unit }) => name === row && unit === 'µs CPU');
  if (rows.length === 0) {
    throw new Error(
      `The suite "${suite.name}" has no row "${row}" in µs CPU: see bench/report/comparisons.mjs.`,
    );
  }
  const bars = [
    { label: ours, value: rows[0].ours, isOurs: true },
    ...rows.map(({ peer, theirs }) => ({ label: peer, value: theirs, isOurs: false })),
  ].sort((one, other) => one.value - other.value);
  const svg = drawBarChart({ title, subtitle: `${what}. Shorter is better. ${place}`, bars });
  return { file: `${file}.svg`, title, svg };
}

function drawSeries(series, suite, place) {
  const slug = series.title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const svg = drawLineChart({ ...series, subtitle: place });
  return { file: `${suite.name}-${slug}.svg`, title: series.title, svg };
}
