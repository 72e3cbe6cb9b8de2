import assert from 'node:assert/strict';
import { ApiClient } from '@auth0/auth0-api-js';
import { authenticate, createScopesCheck } from '@auth0/auth0-api-js/adapter';
import { serveCalls } from '../../scripts/faults/serve-calls.mjs';
import { createHeader } from './create-header.mjs';
import { createSigningIssuer, warmTokenCount } from './create-tokens.mjs';
import { inBatches } from './in-batches.mjs';
import { measureBlock } from './measure-block.mjs';

// A process that verifies tokens in situations of different sizes, each with a client of its own.

// EdDSA, and times that are fixed: a number has the same token whenever it is made, so that none needs to be kept.
const alg = 'EdDSA';
const now = Math.floor(Date.now() / 1000);
const times = { iat: now, exp: now + 4 * 3600 };
const situations = new Map();

serveCalls({
  /** @param {{ name: string, issuers?: number, keys?: number, scopes?: number }} situation */
  create: ({ name, ...sizes }) => {
    situations.set(name, createSituation(sizes));
  },
  /** Verifies so many tokens, all once, and keeps none. */
  verifyOnce: async (name, count) => {
    const { client, create } = situations.get(name);
    for await (const tokens of inBatches(create, 0, count))
      for (const token of tokens) verify(client, createHeader(token));
  },
  /** Tokens that the client has not seen. */
  measureCold: async (name, operations) => {
    const situation = situations.get(name);
    const tokens = await situation.create(situation.made, operations);
    situation.made += operations;
    return measure(situation, tokens);
  },
  /** Tokens that the client has seen: these are always the same. */
  measureWarm: async (name, operations) => {
    const situation = situations.get(name);
    situation.warm ??= await createSeen(situation);
    return measure(situation, repeat(situation.warm, 0, operations));
  },
  /** So many tokens in turn, going on where the block before has ended. */
  measureRoundRobin: async (name, operations, distinct) => {
    const situation = situations.get(name);
    const first = situation.position;
    situation.position = (first + operations) % distinct;
    return measure(situation, await createInTurn(situation, { first, operations, distinct }));
  },
  /** The check of the scopes, without the verification. */
  measureCheck: async (name, operations) => {
    const { client, create, check } = situations.get(name);
    const [token] = await create(0, 1);
    const { claims } = authenticate(client, { authorization: [createHeader(token)] });
    return measureBlock(operations, () => {
      for (let number = 0; number < operations; number++) check(claims);
    });
  },
});

function createSituation({ issuers = 1, keys = 1, scopes = 0 }) {
  const names = Array.from({ length: scopes }, (_, number) => `read:${String(number).padStart(3, '0')}`);
  const claims = () => ({ ...times, ...(scopes > 0 && { scope: names.join(' ') }) });
  const signers = Array.from({ length: issuers }, (_, issuer) =>
    Array.from({ length: keys }, () =>
      createSigningIssuer({ alg, claims, issuer: `https://tenant-${issuer}.example.com/` }),
    ),
  );
  const [[{ audience }]] = signers;
  const client = new ApiClient({
    issuers: signers.map((own) => ({ issuer: own[0].issuer, jwks: { keys: own.map(({ jwk }) => jwk) } })),
    audience,
    algorithms: [alg],
  });
  const all = signers.flat();
  const createOne = async (number) => (await all[number % all.length].create(number, 1))[0];
  return {
    client,
    create: (first, count) =>
      Promise.all(Array.from({ length: count }, (_, index) => createOne(first + index))),
    check: scopes > 0 ? createScopesCheck(names, { match: 'all' }) : () => {},
    /** The first numbers are those of the tokens that are used again and again. */
    made: warmTokenCount,
    warm: undefined,
    position: 0,
  };
}

async function createSeen({ client, create }) {
  const tokens = await create(0, warmTokenCount);
  for (const token of tokens) verify(client, createHeader(token));
  return tokens;
}

/** The tokens of one block. Only as many are made as there are, and those of a block at the end begin anew. */
async function createInTurn({ create }, { first, operations, distinct }) {
  if (distinct <= operations) return repeat(await create(0, distinct), first, operations);
  const untilEnd = Math.min(operations, distinct - first);
  const [last, again] = await Promise.all([create(first, untilEnd), create(0, operations - untilEnd)]);
  return [...last, ...again];
}

function repeat(tokens, first, count) {
  return Array.from({ length: count }, (_, index) => tokens[(first + index) % tokens.length]);
}

function measure({ client, check }, tokens) {
  const headers = tokens.map((token) => createHeader(token));
  return measureBlock(headers.length, () => {
    for (const header of headers) check(verify(client, header));
  });
}

function verify(client, header) {
  const { claims } = authenticate(client, { authorization: [header] });
  assert.ok(claims.sub);
  return claims;
}
