import { afterEach, describe, expect, it } from 'vitest';
import { readReplay } from '../../src/options/replay-options.js';
import { usedProof } from '../support/used-proof.js';

const store = { register: () => true };

class Store {
  register(): boolean {
    return true;
  }
}

describe('readReplay', () => {
  afterEach(() => {
    Reflect.deleteProperty(Object.prototype, 'register');
  });

  it('remembers proofs in memory by default', () => {
    for (const given of [undefined, {}]) {
      const settings = readReplay(given, 'dpop');
      expect(settings).toMatchObject({ onFailure: 'refuse', deadlineMilliseconds: 50 });
      expect(settings?.store.register(usedProof('a'))).toBe(true);
      expect(settings?.store.register(usedProof('a'))).toBe(false);
    }
  });

  it('takes a store, or a store with options', () => {
    const instance = new Store();
    const defaults = { onFailure: 'refuse', deadlineMilliseconds: 50 };
    expect(readReplay(store, 'dpop')).toEqual({ store, ...defaults });
    expect(readReplay(instance, 'dpop')?.store).toBe(instance);
    expect(readReplay({ store: instance }, 'dpop')).toEqual({ store: instance, ...defaults });
    const options = { store, onFailure: 'allow', deadlineMilliseconds: 200 };
    expect(readReplay(options, 'dpop')).toEqual(options);
  });

  it('is off in so many words only', () => {
    expect(readReplay('off', 'dpop')).toBeUndefined();
    for (const given of [false, null, 0, '', 'OFF', 'none', []])
      expect(() => readReplay(given, 'dpop')).toThrow(
        /^Invalid dpop configuration: "replay" is not a replay store/,
      );
  });

  it('tells who gives the client of a database to wrap it', () => {
    class Client {
      sendCommand(): void {}
    }
    expect(() => readReplay(new Client(), 'dpop')).toThrow('Wrap the client: redisReplayStore(client)');
    expect(() => readReplay({ store: new Client() }, 'dpop')).toThrow(
      'Wrap the client: redisReplayStore(client)',
    );
  });

  it.each([
    [{ store: {} }, 'Invalid dpop.replay configuration: "store" is not a replay store'],
    [{ store: undefined }, '"store" is undefined'],
    [{ onFailure: 'pass' }, '"onFailure" must be refuse or allow'],
    [{ onFailure: undefined }, '"onFailure" is undefined'],
    [{ deadlineMilliseconds: 0 }, '"deadlineMilliseconds" must be from 1 to 10000'],
    [{ deadlineMilliseconds: 10_001 }, '"deadlineMilliseconds" must be from 1 to 10000'],
    [{ onfailure: 'allow' }, "Did you mean 'onFailure'?"],
    [{ register: true }, "unknown option 'register'"],
  ])('refuses %j', (given, message) => {
    expect(() => readReplay(given, 'dpop')).toThrow(message);
  });

  it('takes nothing for a store that Object.prototype makes one', () => {
    Object.defineProperty(Object.prototype, 'register', { value: () => true, configurable: true });
    expect(readReplay({ onFailure: 'allow' }, 'dpop')?.onFailure).toBe('allow');
    expect(() => readReplay({ store: {} }, 'dpop')).toThrow('"store" is not a replay store');
  });
});
