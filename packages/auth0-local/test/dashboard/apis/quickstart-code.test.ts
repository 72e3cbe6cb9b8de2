import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import {
  callCommand,
  envFile,
  installCommand,
  nameEnvFile,
  projectCommands,
  runCommands,
  scopeRoute,
  serverFile,
} from '../../../dashboard/pages/apis/quickstart/quickstart-code.js';

const example = new URL('../../../../../examples/quickstart/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, example), 'utf8');

describe('the code of the Quickstart tab', () => {
  it('is, part by part and in this order, that of the example', () => {
    const server = read('server.js');
    const [imports = '', ...parts] = serverFile({ signing_alg: 'RS256', identifier: 'urn:a' })
      .trimEnd()
      .split('\n\n');
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
    expect(serverFile({ signing_alg: 'PS256', identifier: 'urn:a' })).toContain(
      `app.use(createAuth0Api({ algorithms: ['PS256'] }));`,
    );
  });

  it.each([
    [{ mechanism: 'dpop', required: false }, '{ dpop: {} }'],
    [{ mechanism: 'dpop', required: true }, "{ dpop: { mode: 'required' } }"],
    [{ mechanism: 'dpop', required: true, required_for: 'all_clients' }, "{ dpop: { mode: 'required' } }"],
    // The others send bearer tokens.
    [{ mechanism: 'dpop', required: true, required_for: 'public_clients' }, '{ dpop: {} }'],
    [{ mechanism: 'mtls', required: false }, '{ mtls: {} }'],
    [{ mechanism: 'mtls', required: true }, "{ mtls: { mode: 'required' } }"],
    [null, ''],
  ] as const)('tells the SDK of tokens that are bound as %j says', (proof_of_possession, options) => {
    const api = { signing_alg: 'RS256', identifier: 'urn:a', proof_of_possession } as const;
    expect(serverFile(api)).toContain(`app.use(createAuth0Api(${options}));`);
  });

  it('has the audience in the code where no .env file can carry it', () => {
    const identifier = `urn:'"\\u2028\\`;
    const api = { signing_alg: 'PS256', identifier } as const;
    expect(parse(envFile('http://localhost:4400', identifier))).toEqual({
      AUTH0_DOMAIN: 'http://localhost:4400',
    });
    const [, options = ''] = /createAuth0Api\((\{.*\})\)/.exec(serverFile(api)) ?? [];
    expect(runInNewContext(`(${options})`)).toEqual({ audience: identifier, algorithms: ['PS256'] });
  });

  it('has the variables of the example in .env', () => {
    const text = envFile('http://localhost:4400', 'https://my-express-api.example.com');
    expect(Object.keys(parse(text))).toEqual(Object.keys(parse(read('.env.example'))).slice(0, 2));
  });

  it.each([
    ['My Express API', 'my-express-api.env'],
    [`../Zoë's $(API) `, 'zo-s-api.env'],
    ['注文', 'api.env'],
    [undefined, 'api.env'],
  ])('saves the .env of %j as %s, whose name a shell and a browser leave as it is', (name, file) => {
    expect(nameEnvFile({ ...(name !== undefined && { name }) })).toBe(file);
  });

  it.each([
    ['http://localhost:3001', 'npm run dev\ncurl http://localhost:3001/api/public'],
    ['http://localhost:3002', 'PORT=3002 npm run dev\ncurl http://localhost:3002/api/public'],
    ['https://localhost', 'npm run dev\ncurl https://localhost/api/public'],
    [`http://a;'b.localhost:9`, `PORT=9 npm run dev\ncurl 'http://a;'\\''b.localhost:9/api/public'`],
  ])('starts and calls an API at %s', (origin, commands) => {
    expect(runCommands(origin)).toBe(commands);
    expect(callCommand(origin)).toContain('/api/private');
  });

  it.each([
    ['localhost:4443', 'PORT=9 npx auth0 local exec -- npm run dev\n'],
    ['localhost:1234', 'PORT=9 npx auth0 local exec --tenant localhost:1234 -- npm run dev\n'],
  ])('starts an API that trusts the certificate of %s', (tlsHost, command) => {
    expect(runCommands('http://localhost:9', tlsHost)).toContain(command);
  });
});
