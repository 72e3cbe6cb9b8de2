import type { Auth0ApiEvent, EventListener } from './events.js';
import { RecentMap } from './recent-map.js';

/** How many issuers and lines are known to have been written. Issuers may come in at run time, without end. */
const mostRemembered = 1000;

/**
 * The listener of an application that gave none: writes to standard error what an operator must know, once. An
 * outage is written when it begins, changes or ends, a mistake of the program once; refusals are not written.
 */
export function createEventLog(write: (line: string) => void = (line) => console.error(line)): EventListener {
  const outages = new RecentMap<string>(mostRemembered);
  const written = new RecentMap<true>(mostRemembered);

  const writeOnce = (line: string): void => {
    if (written.get(line) === true) return;
    written.set(line, true);
    write(`[auth0-api] ${line}`);
  };

  return (event: Auth0ApiEvent) => {
    switch (event.type) {
      case 'outage':
        if (outages.get(event.issuer) === event.message) return;
        outages.set(event.issuer, event.message);
        write(
          `[auth0-api] ${event.message} Protected routes answer 503 while its keys are not in memory; public routes are not affected.`,
        );
        return;
      case 'keys_stale':
        write(
          `[auth0-api] The keys of ${event.issuer} are ${event.ageSeconds} s old and serve for ${event.usableForSeconds} s more, while it is away.`,
        );
        return;
      case 'keys_expired':
        write(
          `[auth0-api] The keys of ${event.issuer} are ${event.ageSeconds} s old, too old to use. Protected routes answer 503 until it is back.`,
        );
        return;
      case 'recovery':
        outages.delete(event.issuer);
        write(`[auth0-api] ${event.issuer} answers again.`);
        return;
      case 'misuse':
        // Anybody can send a scheme: what callers do is for `onEvent`, not for standard error.
        if (event.reason !== 'dpop_not_enabled') writeOnce(event.message);
        return;
      case 'key_skipped':
        writeOnce(
          `A key of ${event.issuer} is not used: ${event.message} (number ${event.index} in its key set).`,
        );
        return;
      case 'replay_store_outage':
        write(
          `[auth0-api] ${event.message} ${event.outcome === 'refused' ? 'Requests with a DPoP proof get 503.' : 'Requests with a DPoP proof pass without a check for replay.'}`,
        );
        return;
      case 'replay_store_recovery':
        write('[auth0-api] The replay store answers again.');
        return;
      case 'binding_ignored':
        writeOnce(
          `A token that is bound to ${event.method === 'dpop' ? 'a key' : 'a certificate'} was accepted without it: ${event.method}.mode is 'disabled'.`,
        );
        return;
      case 'refusal':
        return;
    }
  };
}
