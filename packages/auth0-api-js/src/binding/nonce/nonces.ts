import { createHmac, type KeyObject } from 'node:crypto';
import { wallSeconds } from '../../clock.js';
import { isSameText } from '../is-same-text.js';

/** What nonces are made with. */
export interface NonceSecrets {
  /** The first makes nonces; those of any are accepted, so that a secret can be replaced while others still use it. */
  readonly secrets: readonly [KeyObject, ...KeyObject[]];
  /** How long each nonce is given out, in seconds. */
  readonly lifetimeSeconds: number;
}

/** When a nonce is good, in seconds since 1970 by the clock of this process. */
export interface NonceTimes {
  /** The earliest moment at which it can have been given out. */
  readonly givenSince: number;
  /** The moment from which it is not accepted any more. */
  readonly acceptedUntil: number;
}

/** The nonces that are accepted during one window of time. */
interface Present {
  /** Its number, counted from 1970. */
  readonly window: number;
  readonly current: string;
  readonly accepted: readonly { readonly text: string; readonly window: number }[];
}

/**
 * The nonces of DPoP proofs (RFC 9449 sections 8 and 9): one for each window of time, told by a secret and the clock.
 * Nothing is stored, so every process that has the secret gives out and accepts the same ones, after a restart, too.
 *
 * A nonce is accepted in its own window and in the next, and in the one before it: another process gives it out then, if
 * its clock is a little ahead.
 */
export class Nonces {
  readonly #settings: NonceSecrets;
  readonly #now: (() => number) | undefined;
  #present: Present | undefined;

  /** @param options - With the clock to go by, in milliseconds since 1970; the system's by default. */
  constructor({ now, ...settings }: NonceSecrets & { readonly now?: (() => number) | undefined }) {
    this.#settings = settings;
    this.#now = now;
  }

  /** The nonce to give out: of `[A-Za-z0-9_-]` only, which RFC 9449 section 8.1 allows. */
  current(): string {
    return this.#read().current;
  }

  /** When the nonce of a proof is good; nothing if it is not, or is none of ours. */
  find(nonce: unknown): NonceTimes | undefined {
    if (typeof nonce !== 'string') return undefined;
    const { window, accepted } = this.#read();
    const found = accepted.find(({ text }) => isSameText(text, nonce));
    if (found === undefined) return undefined;
    const { lifetimeSeconds } = this.#settings;
    return {
      // One from the future was given out before now, too.
      givenSince: Math.min(found.window, window) * lifetimeSeconds,
      acceptedUntil: (found.window + 2) * lifetimeSeconds,
    };
  }

  #read(): Present {
    const window = Math.floor(wallSeconds(this.#now) / this.#settings.lifetimeSeconds);
    if (this.#present?.window !== window) this.#present = createPresent(window, this.#settings);
    return this.#present;
  }
}

/** The nonces are made once for each window, not for each request. */
function createPresent(window: number, { secrets, lifetimeSeconds }: NonceSecrets): Present {
  const windows = [window, window - 1, window + 1];
  return {
    window,
    current: createNonce(secrets[0], window, lifetimeSeconds),
    accepted: windows.flatMap((number) =>
      secrets.map((secret) => ({ text: createNonce(secret, number, lifetimeSeconds), window: number })),
    ),
  };
}

/** The lifetime is a part of it: windows of another length have the same numbers at other times. */
function createNonce(secret: KeyObject, window: number, lifetimeSeconds: number): string {
  const content = `DPoP-Nonce of @auth0/auth0-api-js ${lifetimeSeconds} ${window}`;
  return createHmac('sha256', secret).update(content).digest('base64url');
}
