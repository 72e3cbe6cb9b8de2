import { describe, expect, it } from 'vitest';
import { getCurrentActor, getDelegationChain, InvalidRequestError } from '@auth0/auth0-api-js';

const chain = {
  sub: 'user',
  act: { sub: 'mcp-server', iss: 'x', act: { sub: 'web-app', act: { sub: 'first' } } },
};

describe('getCurrentActor', () => {
  it('names the outermost actor', () => {
    expect(getCurrentActor(chain)).toBe('mcp-server');
  });

  it('names nobody where nobody acts for the subject', () => {
    expect(getCurrentActor({ sub: 'user' })).toBeUndefined();
    expect(
      getCurrentActor(Object.create({ act: { sub: 'inherited' } }) as Record<string, unknown>),
    ).toBeUndefined();
  });
});

describe('getDelegationChain', () => {
  it('lists all actors, the latest first', () => {
    expect(getDelegationChain(chain)).toEqual(['mcp-server', 'web-app', 'first']);
    expect(getDelegationChain({ sub: 'user' })).toEqual([]);
  });

  it('refuses a chain that is malformed further in', () => {
    expect(() => getDelegationChain({ act: { sub: 'a', act: { sub: '' } } })).toThrow('Invalid "act" claim');
  });
});

describe.each([
  ['getCurrentActor', getCurrentActor],
  ['getDelegationChain', getDelegationChain],
])('%s', (_name, read) => {
  it.each([null, 'actor', 7, [], {}, { sub: '' }, { sub: ' ' }, { sub: 7 }, [{ sub: 'a' }]])(
    'refuses act: %j',
    (act) => {
      expect(() => read({ act })).toThrow(InvalidRequestError);
      expect(() => read({ act })).toThrow('Invalid "act" claim');
    },
  );
});
