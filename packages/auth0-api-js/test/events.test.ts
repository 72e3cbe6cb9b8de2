import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createEmitter, type Auth0ApiEvent, type OutageEvent } from '../src/events.js';
import { createEventLog } from '../src/log-events.js';

const outage: OutageEvent = {
  type: 'outage',
  reason: 'issuer_unreachable',
  issuer: 'https://issuer.test/',
  url: 'https://issuer.test/keys',
  message: 'https://issuer.test/keys could not be fetched (ENOTFOUND). Check the domain.',
  retryAfterSeconds: 3,
};

describe('createEmitter', () => {
  it('changes nothing when the listener throws', () => {
    const emit = createEmitter(() => {
      throw new Error('listener');
    });
    expect(() => emit(outage)).not.toThrow();
  });

  it('changes nothing when the listener rejects', async () => {
    const rejections: unknown[] = [];
    const listen = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', listen);
    const rejecting: () => unknown = () => Promise.reject(new Error('listener'));
    createEmitter(rejecting)(outage);
    await setImmediate();
    process.off('unhandledRejection', listen);
    expect(rejections).toEqual([]);
  });
});

describe('createEventLog', () => {
  function log(events: readonly Auth0ApiEvent[]): string[] {
    const lines: string[] = [];
    events.forEach(createEventLog((line) => lines.push(line)));
    return lines;
  }

  it('writes an outage once, when it begins, changes or ends', () => {
    const changed = {
      ...outage,
      message: 'https://issuer.test/keys answered with status 500 instead of 200.',
    };
    const lines = log([
      outage,
      outage,
      changed,
      changed,
      { type: 'recovery', issuer: outage.issuer },
      outage,
    ]);
    expect(lines).toEqual([
      `[auth0-api] ${outage.message} Protected routes answer 503 while its keys are not in memory; public routes are not affected.`,
      `[auth0-api] ${changed.message} Protected routes answer 503 while its keys are not in memory; public routes are not affected.`,
      '[auth0-api] https://issuer.test/ answers again.',
      `[auth0-api] ${outage.message} Protected routes answer 503 while its keys are not in memory; public routes are not affected.`,
    ]);
  });

  it('writes nothing that any caller can cause', () => {
    expect(log([{ type: 'misuse', reason: 'dpop_not_enabled', message: 'x' }])).toEqual([]);
  });

  it('writes misuse and skipped keys once each', () => {
    const misuse = {
      type: 'misuse',
      reason: 'not_authenticated',
      message: 'Put requiresAuth() first.',
    } as const;
    const skipped = {
      type: 'key_skipped',
      issuer: outage.issuer,
      index: 2,
      message: 'it is symmetric',
    } as const;
    expect(log([misuse, skipped, misuse, skipped])).toEqual([
      '[auth0-api] Put requiresAuth() first.',
      '[auth0-api] A key of https://issuer.test/ is not used: it is symmetric (number 2 in its key set).',
    ]);
  });

  it('writes no refusals', () => {
    expect(log([{ type: 'refusal', reason: 'token_expired', statusCode: 401 }])).toEqual([]);
  });
});
