import { formatNumber } from './format-number.mjs';
import { markdownTable } from './markdown-table.mjs';

/** Writes when and where it was measured, and what became of each promise, as Markdown. */
export function describePromises(results) {
  const promises = results.map(({ suites }) => suites.flatMap((suite) => suite.promises));
  const texts = [...new Set(promises.flat().map(({ text }) => text))];
  const versions = results.map(({ node }) => ({ head: `Node.js ${node}` }));
  const facts = [
    ['measured on', ...results.map(({ date }) => date)],
    ['machine', ...results.map(({ machine }) => machine)],
    ['promises', ...promises.map(countHolding)],
  ];
  const rows = texts.map((text) => {
    const found = promises.map((list) => list.find((promise) => promise.text === text));
    const { limit, unit } = found.findLast((promise) => promise !== undefined);
    return [text, withUnit(limit, unit), ...found.map(describeVerdict)];
  });
  return [
    markdownTable([{ head: '' }, ...versions], facts),
    markdownTable([{ head: 'promise' }, { head: 'limit', isNumber: true }, ...versions], rows),
  ].join('\n\n');
}

function countHolding(promises) {
  return `${promises.filter(({ holds }) => holds).length} of ${promises.length} hold`;
}

function describeVerdict(promise) {
  if (promise === undefined) return 'not measured';
  const { value, limit, unit, holds } = promise;
  // What only just does not hold must not read as if it did.
  const digits = formatNumber(value) === formatNumber(limit) ? 5 : 3;
  return `${holds ? 'holds' : 'does not hold'}: ${withUnit(value, unit, digits)}`;
}

function withUnit(value, unit, digits = 3) {
  return `${formatNumber(value, digits)} ${unit}`.trim();
}
