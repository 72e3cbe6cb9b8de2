import { backOffSeconds } from '../../packages/auth0-api-js/dist/keys/back-off.js';
import { readFreshSeconds } from '../../packages/auth0-api-js/dist/keys/freshness.js';
import { holdKeys, refreshAfterSeconds, stateOf } from '../../packages/auth0-api-js/dist/keys/held-keys.js';
import { defaultKeySettings as settings } from '../../packages/auth0-api-js/dist/keys/key-settings.js';
import { Agenda } from './agenda.mjs';
import { plans } from './plans.mjs';
import { withRandom } from './with-random.mjs';

const startWithin = 10;

/** A fetch asks for the metadata, then for the keys; one that fails ends with the first. */
const requestsOfSuccess = 2;
const requestsOfFailure = 1;

/**
 * Lets a fleet of processes start and refresh in virtual time. When each asks is decided by the client's own functions;
 * without jitter, chance says the middle of everything it is asked.
 *
 * @param {{ processes: number, maxAge?: number, hasJitter: boolean }} fleet
 */
export function simulateFleet(fleet) {
  const runs = plans.map((plan) => runPlan(plan, fleet));
  return {
    hasJitter: fleet.hasJitter,
    phases: runs.flatMap(({ phases }) => phases),
    recoverySeconds: Math.max(...runs.map(({ recoverySeconds }) => recoverySeconds)),
    expired: runs.reduce((sum, { expired }) => sum + expired, 0),
  };
}

function runPlan({ outage, end, phases }, { processes, maxAge, hasJitter }) {
  const requests = new Uint32Array(end + 1);
  const agenda = new Agenda();
  const headers = new Headers(maxAge === undefined ? {} : { 'cache-control': `max-age=${maxAge}` });
  const freshSeconds = readFreshSeconds(headers, settings);
  let recoveredAt = outage.until;
  let expired = 0;

  /** @returns Seconds until this process asks again. */
  const attempt = (member, now) => {
    const isAway = now >= outage.from && now < outage.until;
    requests[Math.floor(now)] += isAway ? requestsOfFailure : requestsOfSuccess;
    if (isAway) {
      member.failures += 1;
      return backOffSeconds(member.failures, undefined, settings);
    }
    if (stateOf(member.held, now) === 'expired') expired += 1;
    if (member.failures > 0) recoveredAt = Math.max(recoveredAt, now);
    member.failures = 0;
    member.held = holdKeys(undefined, now, freshSeconds, settings.staleSeconds);
    return refreshAfterSeconds(freshSeconds);
  };

  withRandom({ hasJitter }, (spread) => {
    for (let index = 0; index < processes; index++)
      agenda.add(spread() * startWithin, { failures: 0, held: undefined });
    for (let next = agenda.take(); next !== undefined && next.at < end; next = agenda.take())
      agenda.add(next.at + attempt(next.item, next.at), next.item);
  });

  return {
    phases: phases.map(({ name, from, until }) => ({ name, ...summarise(requests.subarray(from, until)) })),
    recoverySeconds: Math.ceil(recoveredAt - outage.until),
    expired,
  };
}

function summarise(perSecond) {
  const sum = perSecond.reduce((total, count) => total + count, 0);
  return { mean: Math.round((sum / perSecond.length) * 10) / 10, peak: Math.max(...perSecond) };
}
