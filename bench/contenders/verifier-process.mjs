import assert from 'node:assert/strict';
import { serveCalls } from '../../scripts/faults/serve-calls.mjs';
import { measureBlock } from '../measure/measure-block.mjs';
import { createAwsJwtVerify } from './aws-jwt-verify.mjs';
import { createBare } from './bare.mjs';
import { createFastJwt, createFastJwtWithCache, createFastJwtWithCacheByToken } from './fast-jwt.mjs';
import { createJose } from './jose.mjs';
import { createJsonwebtoken } from './jsonwebtoken.mjs';
import { handful } from './handful.mjs';
import { createOurs, createOursAsPromise } from './ours.mjs';

// A process that verifies tokens with one library, for whoever started it.

const libraries = {
  'bare crypto.verify': createBare,
  ours: createOurs,
  'ours, as a promise': createOursAsPromise,
  jose: createJose,
  'fast-jwt': createFastJwt,
  'fast-jwt with cache': createFastJwtWithCache,
  'fast-jwt with cache by token': createFastJwtWithCacheByToken,
  'aws-jwt-verify': createAwsJwtVerify,
  jsonwebtoken: createJsonwebtoken,
};

let contender;
/** Tokens in rotation, each with the subject that it must be found to have. */
let pool;
let next = 0;

serveCalls({
  /** Makes a verifier of one of the libraries, and sees that it tells good tokens from bad ones. */
  create: async (library, { tokens, ...settings }) => {
    contender = libraries[library](settings);
    pool = tokens.map((token) => ({ token, subject: readSubject(token) }));
    await checkVerdicts();
  },
  /** Verifies as many handfuls of tokens, the next of the rotation, one after another. */
  measure: async (handfuls) => {
    const sums = { cpu: 0, wall: 0 };
    for (let count = 0; count < handfuls; count++) {
      const { cpu, wall } = await measureHandful();
      sums.cpu += cpu;
      sums.wall += wall;
    }
    return { cpu: sums.cpu / handfuls, wall: sums.wall / handfuls };
  },
});

/**
 * The headers are made just before, and are few, so that they are where one is that comes from a socket: in the caches of
 * the processor. The garbage collector runs when it wants, as in a server, and counts where it runs.
 */
function measureHandful() {
  const { prepare, isAsync } = contender;
  const items = Array.from({ length: handful }, () => {
    const { token, subject } = pool[next++ % pool.length];
    return { input: prepare(token), subject };
  });
  return measureBlock(handful, () => (isAsync ? verifyInTurn(items) : verifyAll(items)));
}

async function checkVerdicts() {
  const { prepare, verify } = contender;
  const { token, subject } = pool.at(-1);
  for (let attempt = 0; attempt < 2; attempt++) {
    assert.equal(await verify(prepare(token)), subject);
    await assert.rejects(async () => verify(prepare(changeSignature(token))));
  }
}

function verifyAll(items) {
  for (const { input, subject } of items) checkSubject(contender.verify(input), subject);
}

async function verifyInTurn(items) {
  for (const { input, subject } of items) checkSubject(await contender.verify(input), subject);
}

function checkSubject(found, expected) {
  if (found !== expected) throw new Error(`Verified a token of ${expected}, and got the claims of ${found}.`);
}

/** The same token with another signature, in another place than its last characters, which may say nothing. */
function changeSignature(token) {
  const start = token.lastIndexOf('.') + 11;
  const other = token[start] === 'A' ? 'B' : 'A';
  return token.slice(0, start) + other + token.slice(start + 1);
}

function readSubject(token) {
  const [, payload] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()).sub;
}
