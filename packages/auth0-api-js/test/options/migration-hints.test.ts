import { describe, expect, it } from 'vitest';
import { bindingHints } from '../../src/options/migration-hints.js';
import { readDpop } from '../../src/options/dpop-options.js';
import { readMtls } from '../../src/options/mtls-options.js';

describe('the options of express-oauth2-jwt-bearer inside dpop and mtls', () => {
  const cases = [
    ['enabled', "Here it is 'mode'. 'allowed' is its default: see docs/migration.md."],
    ['required', "Here it is mode: 'required': see docs/migration.md."],
  ] as const;

  it.each(cases)('get their name here: %s', (name, cure) => {
    const given = { [name]: true };
    expect(() => readDpop(given)).toThrow(`dpop: unknown option '${name}'. ${cure}`);
    expect(() => readMtls(given)).toThrow(`mtls: unknown option '${name}'. ${cure}`);
  });

  it('are all of those', () => {
    expect([...bindingHints.keys()]).toEqual(cases.map(([name]) => name));
  });
});
