import { prepareWorkspace } from './workspace.mjs';
import { printTable } from './print-table.mjs';

// npm run simulate:fleet: how many requests an issuer gets from 10,000 processes, in virtual time, by the functions that
// the client itself decides with. `--json` prints numbers, `--processes=50` and `--max-age=15` change the question.

const isJson = process.argv.includes('--json');
if (!isJson) prepareWorkspace();
const { simulateFleet } = await import('./simulate-fleet/simulate-fleet.mjs');

const processes = readNumber('processes') ?? 10_000;
const maxAge = readNumber('max-age');
const results = [true, false].map((hasJitter) => simulateFleet({ processes, maxAge, hasJitter }));

if (isJson) console.log(JSON.stringify({ processes, maxAge, results }));
else printResults();

function printResults() {
  const answer = maxAge === undefined ? 'no max-age' : `max-age=${maxAge}`;
  console.log(`${processes} processes start within 10 s; the issuer's answers have ${answer}.`);
  const heads = [
    'requests a second at the issuer',
    ...results.map(({ hasJitter }) => `jitter ${hasJitter ? 'on' : 'off'}`),
  ];
  const cells = (read) => results.map((result) => read(result));
  printTable(heads, [
    ...results[0].phases.flatMap(({ name }, index) =>
      ['mean', 'peak'].map((what) => [`${name}: ${what}`, ...cells(({ phases }) => phases[index][what])]),
    ),
    [
      'seconds from the end of the outage until all have newer keys',
      ...cells(({ recoverySeconds }) => recoverySeconds),
    ],
    ['processes that ran out of usable keys', ...cells(({ expired }) => expired)],
  ]);
}

function readNumber(name) {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  return given === undefined ? undefined : Number(given.slice(name.length + 3));
}
