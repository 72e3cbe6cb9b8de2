import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import {
  envFile,
  installCommand,
  projectCommands,
  scopeRoute,
  serverFile,
} from '../../../dashboard/pages/apis/quickstart/quickstart-code.js';

const example = new URL('../../../../../examples/quickstart/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, example), 'utf8');

describe('the code of the Quickstart tab', () => {
  it('is, part by part and in this order, that of the example', () => {
    const server = read('server.js');
    const [imports = '', ...parts] = serverFile('RS256').trimEnd().split('\n\n');
    const places = [...imports.split('\n'), ...parts].map((part) => server.indexOf(`${part}\n`));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(server).toContain(scopeRoute('read:messages'));
  });

  it('prepares the scripts and the dependencies of the example', () => {
    const { type, main, scripts, dependencies } = JSON.parse(read('package.json'));
    expect(projectCommands).toContain(
      `npm pkg set type=${type} main=${main} scripts.start="${scripts.start}" scripts.dev="${scripts.dev}"`,
    );
    const installed = installCommand.split(' ').slice(2);
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(installed));
  });

  it('tells the SDK of an algorithm that it does not accept by itself', () => {
    expect(serverFile('PS256')).toContain(`app.use(createAuth0Api({ algorithms: ['PS256'] }));`);
  });

  it.each(['https://my-express-api.example.com', 'urn:a#b', `two words`, `it's`, `'"#`])(
    'writes the identifier %s as dotenv reads it',
    (identifier) => {
      const text = envFile('http://localhost:4400', identifier);
      expect(parse(text)).toEqual({ AUTH0_DOMAIN: 'http://localhost:4400', AUTH0_AUDIENCE: identifier });
      const names = text.split('\n').map((line) => line.split('=')[0]);
      expect(Object.keys(parse(read('.env.example')))).toEqual(names.slice(0, 2));
    },
  );

  it.each([
    'https://a.example/?a=1&b=2',
    'urn:$(echo${IFS}run)',
    'urn:a;b|c',
    'urn:a<b>c',
    'urn:a\\b',
    'urn:a"b',
  ])('writes the identifier %s as a shell reads it, which runs nothing of it', (identifier) => {
    const script = `${envFile('http://localhost:4400', identifier)}printf %s "$AUTH0_AUDIENCE"`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(identifier);
  });
});
