import assert from 'node:assert/strict';
import { answerHuge, answerStatus, answerWithNullKey, drip, hang } from '../faults/faults.mjs';

// What a library is put through. Each case proves by the issuer's counters that the fault was there, and answers with the
// cells of its rows.

const callCount = 300;
const hugeMegabytes = 300;
const patienceSeconds = 35;

export const cases = [
  {
    title: `Answers 500, ${callCount} calls one after another`,
    run: async ({ issuer, child }) => {
      issuer.misbehave(answerStatus(500));
      const { answered } = await child.call('verifyEach', issuer.tokens(callCount));
      assert.equal(answered, 0);
      return { 'requests to the issuer': provenFaults(issuer) };
    },
  },
  {
    title: `Answers 500, ${callCount} calls at once`,
    run: async ({ issuer, child }) => {
      issuer.misbehave(answerStatus(500));
      const { answered } = await child.call('verifyAll', issuer.tokens(callCount));
      assert.equal(answered, 0);
      return { 'requests to the issuer': provenFaults(issuer) };
    },
  },
  {
    title: 'Away for an hour (503), keys past their time',
    run: async ({ issuer, child }) => {
      await warmUp(issuer, child);
      issuer.misbehave(answerStatus(503));
      await child.call('advance', 3600);
      const { answered } = await child.call('verifyEach', issuer.tokens(100));
      return { 'calls answered, of 100': answered, 'requests to the issuer': provenFaults(issuer) };
    },
  },
  {
    title: `Answers with ${hugeMegabytes} MB`,
    run: async ({ issuer, child }) => {
      issuer.misbehave(answerHuge(hugeMegabytes));
      const before = child.peakMegabytes();
      const { answered, seconds } = await child.call('verifyEach', issuer.tokens(1));
      assert.equal(answered, 0);
      provenFaults(issuer);
      return {
        'memory growth, MB': Math.round(child.peakMegabytes() - before),
        'seconds until the call fails': round(seconds),
      };
    },
  },
  {
    title: `${callCount} made-up key ids, one after another`,
    run: async ({ issuer, child }) => {
      const good = await warmUp(issuer, child);
      const before = issuer.counts.requests;
      const { answered } = await child.call('verifyEach', await child.call('forge', good, callCount));
      assert.equal(answered, 0);
      return { 'requests to the issuer': issuer.counts.requests - before };
    },
  },
  {
    title: '5,000 made-up key ids a second beside 500 good calls, 5 s',
    run: flood,
  },
  {
    title: 'The same when the keys have just passed their time',
    run: (bench) => flood(bench, 601),
  },
  {
    title: 'Never answers',
    isIdle: true,
    run: async ({ issuer, child }) => {
      issuer.misbehave(hang);
      return { 'seconds until the call fails': await timeOneCall(issuer, child) };
    },
  },
  {
    title: 'A byte every half second',
    isIdle: true,
    run: async ({ issuer, child }) => {
      issuer.misbehave(drip);
      return { 'seconds until the call fails': await timeOneCall(issuer, child) };
    },
  },
  {
    title: 'A member of the key set is null, the other is good',
    run: async ({ issuer, child }) => {
      issuer.misbehave(answerWithNullKey(issuer));
      const { answered } = await child.call('verifyEach', issuer.tokens(1));
      provenFaults(issuer);
      return { 'calls answered, of 1': answered };
    },
  },
];

/** Floods a library that has its keys, so many seconds after it has got them. */
async function flood({ issuer, child }, ageSeconds = 0) {
  const good = await warmUp(issuer, child);
  await child.call('advance', ageSeconds);
  const before = issuer.counts.requests;
  const streams = [
    { perSecond: 5000, forgedFrom: good },
    { perSecond: 500, tokens: issuer.tokens(100) },
  ];
  const [forgedCalls, goodCalls] = await child.call('load', streams, { seconds: 5 });
  assert.equal(forgedCalls.answered, 0);
  return {
    'good calls that failed, of 2,500': goodCalls.made - goodCalls.answered,
    'good calls, 99th percentile of most seconds, ms':
      goodCalls.answered === 0 ? 'none' : round(goodCalls.usualP99),
    'requests to the issuer': issuer.counts.requests - before,
  };
}

/** Has a good token verified, so that the keys are in memory. */
async function warmUp(issuer, child) {
  const token = issuer.token();
  const { answered, failure } = await child.call('verifyEach', [token]);
  assert.equal(answered, 1, failure);
  return token;
}

/** How many requests the issuer answered wrongly; at least one, or the case measured nothing. */
function provenFaults({ counts }) {
  assert.ok(counts.faults > 0, 'the fault was never asked for');
  return counts.faults;
}

async function timeOneCall(issuer, child) {
  const gaveUp = Symbol();
  const result = await Promise.race([
    child.call('verifyEach', issuer.tokens(1)),
    new Promise((resolve) => setTimeout(resolve, patienceSeconds * 1000, gaveUp)),
  ]);
  provenFaults(issuer);
  return result === gaveUp ? `more than ${patienceSeconds}` : round(result.seconds);
}

/** A number with as many digits as it can be trusted for. */
function round(value) {
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}
