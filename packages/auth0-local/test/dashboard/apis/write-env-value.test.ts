import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envFile } from '../../../dashboard/pages/apis/quickstart/quickstart-code.js';
import { writeEnvValue } from '../../../dashboard/pages/apis/quickstart/write-env-value.js';
import { createTemporaryFolder } from '../../support/temporary-folder.js';

/** Whatever means something to a shell or to those who read .env files, and commands that leave a trace. */
const parts = [
  ...Array.from(`'"\`$\\#;&|<>(){}[]*?!~=:/ ,.%@+-^a0é🔑`),
  '$(touch canary)',
  '`touch canary`',
  ';touch canary;',
  '&&touch canary#',
  '${HOME}',
  'export X=',
  '\\n',
  "\\'",
  '\\"',
  '\u2028',
  '\ud83d',
  '\u0007',
  '\n',
  '\r',
];
const identifier = fc
  .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 12 })
  .map((chosen) => chosen.join(''));

/** What a shell has in the variable when it has sourced each of the files; nothing where it is not set. */
function sourceAll(folder: string, files: readonly string[]): string[] {
  const script = files.map((file) => `(. ./${file}; printf '%s\\0' "\${AUTH0_AUDIENCE-unset}")`).join('\n');
  const env = { PATH: process.env['PATH'], HOME: '/home-of-nobody' };
  return execFileSync('sh', ['-c', script], { cwd: folder, env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('a value in .env', () => {
  it('is for dotenv, Node and a shell exactly the identifier or not there at all, and runs nothing', () => {
    fc.assert(
      fc.property(fc.array(identifier, { minLength: 100, maxLength: 100 }), (identifiers) => {
        const folder = createTemporaryFolder();
        // What stands below must not change how it is read, not even a quote that nobody closes.
        const texts = identifiers.map((value) => `${envFile('http://localhost:4400', value)}LAST=it\n# 5'\n`);
        const files = texts.map((_text, index) => `file-${index}`);
        texts.forEach((text, index) => writeFileSync(join(folder, `file-${index}`), text));
        const expected = identifiers.map((value) => (writeEnvValue(value) === undefined ? 'unset' : value));
        const rest = { AUTH0_DOMAIN: 'http://localhost:4400', LAST: 'it' };
        expect(sourceAll(folder, files)).toEqual(expected);
        expect(readdirSync(folder).toSorted()).toEqual(files.toSorted());
        for (const read of [parse, parseEnv]) {
          expect(texts.map((text) => read(text))).toEqual(
            expected.map((value) => ({ ...rest, ...(value !== 'unset' && { AUTH0_AUDIENCE: value }) })),
          );
        }
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    'https://my-express-api.example.com',
    'urn:a#b',
    'two words',
    `it's`,
    'urn:a"b`c',
    'urn:$(run)',
    'urn:a\\b',
  ])('is there for %s', (value) => {
    expect(parse(`A=${writeEnvValue(value)}`)).toEqual({ A: value });
  });
});
