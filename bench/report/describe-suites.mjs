import { formatNumber } from './format-number.mjs';
import { markdownTable } from './markdown-table.mjs';

/** Writes a table for each suite as Markdown, what each version of Node.js has measured side by side. */
export function describeSuites(results) {
  const names = new Set(results.flatMap(({ suites }) => suites.map(({ name }) => name)));
  return [...names].map((name) => describeSuite(name, results)).join('\n\n');
}

function describeSuite(name, results) {
  const measured = results.flatMap(({ node, suites }) =>
    suites.filter((suite) => suite.name === name).map((suite) => ({ ...suite, node })),
  );
  const notes = measured.flatMap((suite) => suite.notes.map((note) => ({ note, node: suite.node })));
  const rows = measured.flatMap((suite) => suite.rows);
  return [
    `### ${measured.at(-1).title}`,
    ...(rows.length === 0 ? [] : [describeRows(rows, measured)]),
    mergeNotes(notes, measured.length)
      .map((note) => `- ${note}`)
      .join('\n'),
  ].join('\n\n');
}

function describeRows(rows, measured) {
  const columns = [
    { head: 'what' },
    { head: 'beside' },
    { head: 'unit' },
    ...measured.flatMap(({ node }) =>
      ['ours', 'theirs', 'ratio'].map((head) => ({ head: `${head}, ${node.split('.')[0]}`, isNumber: true })),
    ),
  ];
  const lines = listRows(rows).map(([key, { name, peer, unit }]) => [
    name,
    peer,
    unit,
    ...measured.flatMap((suite) => {
      const row = suite.rows.find((one) => identify(one) === key);
      return [row?.ours, row?.theirs, row?.ratio].map((value) => formatNumber(value));
    }),
  ]);
  return markdownTable(columns, lines);
}

/** Each row once, by what it is, those of one name together. */
function listRows(rows) {
  const names = [...new Set(rows.map(({ name }) => name))];
  const grouped = names.flatMap((name) => rows.filter((row) => row.name === name));
  return [...new Map(grouped.map((row) => [identify(row), row]))];
}

function identify({ name, peer, unit }) {
  return JSON.stringify([name, peer, unit]);
}

/** Each note once. Where not all versions of Node.js have it, it says which has. */
function mergeNotes(notes, count) {
  return [...new Set(notes.map(({ note }) => note))].map((note) => {
    const nodes = notes.filter((one) => one.note === note).map(({ node }) => node);
    return nodes.length === count ? note : `Node.js ${nodes.join(', ')}: ${note}`;
  });
}
