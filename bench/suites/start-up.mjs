import { createTokens } from '../measure/create-tokens.mjs';
import { countLoadedFiles, measureImport } from '../measure/measure-import.mjs';
import { median, medianRatio, takeTurns } from '../measure/take-turns.mjs';

const express = 'express alone';
const own = '@auth0/auth0-express-api';
const core = '@auth0/auth0-api-js';

/** What is imported in one process, in order; `verifier` is what of ../contenders verifies a first token there. */
const contenders = [
  { name: express, modules: ['express'] },
  { name: own, modules: ['express', own] },
  { name: 'express-oauth2-jwt-bearer', modules: ['express', 'express-oauth2-jwt-bearer'] },
  { name: 'express-jwt + jwks-rsa', modules: ['express', 'express-jwt', 'jwks-rsa'] },
  { name: core, modules: [core], verifier: { file: 'ours', name: 'createOurs' } },
  { name: 'jose', modules: ['jose'], verifier: { file: 'jose', name: 'createJose' } },
  { name: 'fast-jwt', modules: ['fast-jwt'], verifier: { file: 'fast-jwt', name: 'createFastJwt' } },
];

const middleware = ['express-oauth2-jwt-bearer', 'express-jwt + jwks-rsa'];
const verifiers = ['jose', 'fast-jwt'];

/** What an import costs, each time in a new process. */
export const startUp = {
  name: 'start-up',
  title: 'Start-up',
  measure: async ({ isQuick, tell }) => {
    const rounds = isQuick ? 5 : 15;
    const figures = await measureRounds({ rounds, tell });
    const counts = new Map();
    for (const { name, modules } of contenders) counts.set(name, await countLoadedFiles(modules));
    const compare = (name, [ours, theirs], read) => compareFigures(name, figures, [ours, theirs], read);
    const files = (name, ours, theirs, read = (count) => count) =>
      compareCounts(name, [ours, theirs], read(counts.get(ours)), read(counts.get(theirs)));
    const beyondExpress = (count) => count - counts.get(express);
    const rows = [
      ...compare('import with Express', [own, express], readAll),
      files('files loaded with Express', own, express),
      ...middleware.flatMap((peer) => [
        ...compare('import beside Express', [own, peer], readBeyondFirst),
        files('files loaded beside Express', own, peer, beyondExpress),
      ]),
      ...verifiers.flatMap((peer) => [
        ...compare('import of the core', [core, peer], readAll),
        ...compare('first token after the import', [core, peer], ({ firstToken }) => firstToken),
        files('files loaded by the core', core, peer),
      ]),
    ];
    const notes = [
      `Medians of ${rounds} new processes each, in turn. Files are in the memory of the system; nothing is compiled before.`,
      'The first token is of RS256, and the time has the creation of the verifier, with a key that is given, in it.',
    ];
    return { rows, promises: [], series: [], notes };
  },
};

async function measureRounds({ rounds, tell }) {
  const { tokens, ...settings } = await createTokens({ alg: 'RS256', count: 1 });
  const [token] = tokens;
  const runs = contenders.map(({ name, modules, verifier }) => {
    const contender = verifier && { ...verifier, file: `../contenders/${verifier.file}.mjs` };
    return { name, run: () => measureImport({ modules, contender, settings, token }) };
  });
  return takeTurns(runs, { rounds, tell });
}

function compareFigures(name, figures, [ours, theirs], read) {
  return ['wall', 'cpu'].map((kind) => {
    const values = figures.get(ours).map((measured) => read(measured)[kind]);
    const others = figures.get(theirs).map((measured) => read(measured)[kind]);
    return {
      name: `${name}, ${kind === 'cpu' ? 'CPU' : 'time'}`,
      peer: theirs,
      ours: median(values),
      theirs: median(others),
      ratio: medianRatio(others, values),
      unit: 'ms',
    };
  });
}

function compareCounts(name, [, peer], ours, theirs) {
  return { name, peer, ours, theirs, ratio: theirs / ours, unit: 'files' };
}

function readAll({ imports }) {
  return sum(imports);
}

function readBeyondFirst({ imports: [, ...others] }) {
  return sum(others);
}

function sum(figures) {
  const add = (kind) => figures.reduce((total, figure) => total + figure[kind], 0);
  return { wall: add('wall'), cpu: add('cpu') };
}
