import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ApiClient, type ApiClientOptions, type IssuerOptions } from '@auth0/auth0-api-js';
import { defaultKeySettings } from '../../src/keys/key-settings.js';
import { apiClientOptionNames } from '../../src/options.js';
import {
  audience,
  claimsText,
  headerText,
  issuer,
  rsaKey,
  segment,
  signRaw,
  signWithSecret,
} from '../support/bench.js';

const good = signRaw(rsaKey, headerText(rsaKey), claimsText());
const built = fileURLToPath(new URL('../../dist/', import.meta.url));

describe('O10, options after their check', () => {
  it('takes no notice of options that change later', async () => {
    const algorithms = ['RS256'];
    const requests: string[] = [];
    const documents: Record<string, unknown> = {
      [`${issuer}.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}keys` },
      [`${issuer}keys`]: { keys: [rsaKey.publicJwk] },
    };
    const options: ApiClientOptions = {
      domain: 'issuer.test',
      audience,
      algorithms,
      customFetch: async (input) => {
        const url = input instanceof Request ? input.url : String(input);
        requests.push(url);
        return Response.json(documents[url] ?? null);
      },
      onEvent: () => {},
    };
    const client = new ApiClient(options);
    algorithms[0] = 'ES256';
    options.domain = 'evil.example';
    options.audience = 'https://evil.example';
    options.customFetch = () => expect.unreachable();
    options.onEvent = () => expect.unreachable();
    await expect(client.verifyAccessToken({ accessToken: good })).resolves.toMatchObject({ aud: audience });
    expect(requests.every((url) => url.startsWith(issuer))).toBe(true);
    await expect(client.verifyAccessToken({ accessToken: 'x' })).rejects.toThrow('not a JWT');
  });

  it('takes no notice of lists and objects inside of the options that change later', async () => {
    const plans = ['gold'];
    const claims: Record<string, string[]> = { plan: plans };
    const own = { issuer, jwks: { keys: [rsaKey.publicJwk] }, claims, requiredClaims: ['sub'], audience };
    const issuers: IssuerOptions[] = [own];
    const client = new ApiClient({ issuers });
    plans[0] = 'free';
    claims['tier'] = ['none'];
    own.requiredClaims.push('never');
    own.jwks.keys.length = 0;
    own.audience = 'https://evil.example';
    own.issuer = 'https://evil.example/';
    issuers.push({ issuer: 'https://evil.example/', jwks: own.jwks, audience });
    const accessToken = signRaw(rsaKey, headerText(rsaKey), claimsText({ plan: 'gold' }));
    await expect(client.verifyAccessToken({ accessToken })).resolves.toMatchObject({ plan: 'gold' });
    expect(client.health().issuers.map((health) => health.issuer)).toEqual([issuer]);
  });

  it('takes no notice of bytes of a secret that change later', async () => {
    const secret = Buffer.alloc(32, 7);
    const client = new ApiClient({ audience, issuers: [{ issuer, secret }] });
    const accessToken = signWithSecret(Buffer.from(secret), claimsText());
    secret.fill(0);
    await expect(client.verifyAccessToken({ accessToken })).resolves.toMatchObject({ iss: issuer });
    const zeros = signWithSecret(secret, claimsText());
    await expect(client.verifyAccessToken({ accessToken: zeros })).rejects.toMatchObject({
      reason: 'signature_invalid',
    });
  });

  /** The names whose appearance on the prototype of all objects changes a verdict or an answer. */
  function findMovers(names: readonly string[]): unknown {
    const values = ['x', 6, [], {}, ['x'], null, true];
    const secret = 'x'.repeat(32);
    const documents = {
      [`${issuer}.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}keys` },
      [`${issuer}keys`]: { keys: [rsaKey.publicJwk] },
    };
    const signed = (claims: object): string => signRaw(rsaKey, headerText(rsaKey), claimsText({ ...claims }));
    const tokens = [
      good,
      signed({ sub: undefined }),
      signed({ exp: 1 }),
      signed({ aud: undefined }),
      good.replace(/[^.]*$/, segment(Buffer.alloc(256, 7))),
      '',
      signed({ iss: 'https://static.test/' }),
      signed({ iss: 'https://static.test/', exp: 1 }),
      signed({ iss: 'https://keys.test/' }),
      signWithSecret(Buffer.from(secret), claimsText({ iss: 'https://secret.test/' })),
      signWithSecret(Buffer.from(secret), claimsText()),
    ];
    const code = `
      const { ApiClient } = await import('${built}index.js');
      const { answer } = await import('${built}adapter.js');
      const documents = new Map(Object.entries(${JSON.stringify(documents)}));
      const customFetch = async (url) => new Response(JSON.stringify(documents.get(url) ?? null), { headers: {} });
      const issuers = () => [
        { issuer: 'https://static.test/', jwks: documents.get('${issuer}keys') },
        { issuer: 'https://keys.test/', jwksUri: '${issuer}keys' },
        { issuer: 'https://secret.test/', secret: '${secret}' },
      ];
      const audience = '${audience}';
      const onEvent = () => {};
      const describe = (error) => JSON.stringify([error.reason, answer(error), error.headers]);
      const judge = async () => {
        const clients = [
          new ApiClient({ domain: 'issuer.test', audience, customFetch, onEvent }),
          new ApiClient({
            domains: () => ['issuer.test'],
            domainsResolver: {},
            issuers: issuers(),
            keys: { staleSeconds: 60, deadlineSeconds: 5 },
            discoveryCache: { maxEntries: 10 },
            clockToleranceSeconds: 5,
            audience,
            customFetch,
            onEvent,
          }),
        ];
        const verdicts = [];
        for (const client of clients) {
          for (const accessToken of ${JSON.stringify(tokens)}) {
            verdicts.push(await client.verifyAccessToken({ accessToken }).then(() => 'accepted', describe));
          }
          client.close();
        }
        return verdicts.join();
      };
      const usual = await judge();
      const movers = [];
      for (const name of ${JSON.stringify(names)}) {
        for (const value of ${JSON.stringify(values)}) {
          Object.prototype[name] = value;
          const verdicts = await judge().catch(String);
          delete Object.prototype[name];
          if (verdicts !== usual && !movers.includes(name)) movers.push(name);
        }
      }
      console.log(JSON.stringify({ usual, movers }));
    `;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    const { usual, movers } = JSON.parse(output) as { usual: string; movers: string[] };
    expect(usual).toMatch(
      /^accepted,accepted,.*token_expired.*audience_missing.*signature_invalid.*credentials_missing.*issuer_mismatch/,
    );
    expect(usual.match(/accepted/g)).toHaveLength(7);
    return movers;
  }

  it(
    'judges and answers the same with a claim, header or option on the prototype of all objects',
    { timeout: 60_000 },
    () => {
      const names =
        'issuer audience algorithms requiredClaims scheme domain discoveryCache ' +
        'alg kid typ cty crit b64 enc zip p2c jwk jku x5c iss aud exp iat nbf cnf jkt sub nonce act ' +
        'keys jwks_uri kty crv use key_ops ' +
        'then reason statusCode code message cause key signature token';
      expect(findMovers(names.split(' '))).toEqual([]);
    },
  );

  it(
    'judges and answers the same with an option of the issuers, the profile or the keys there',
    { timeout: 60_000 },
    () => {
      const names = [
        ...apiClientOptionNames,
        'issuer jwksUri jwks publicKey secret policy keySet stored emit request httpUrl headers url now',
        'ttl maxEntries deadlineSeconds cacheSeconds cacheKey allowPrivateHosts',
        ...Object.keys(defaultKeySettings),
        'cache version min max group name retryAfterSeconds isMissing description values validate',
      ].flatMap((line) => line.split(' '));
      expect(findMovers(names)).toEqual([]);
    },
  );

  it('answers the same with a part of a challenge there', () => {
    expect(findMovers(['realm', 'scopes'])).toEqual([]);
  });
});
