import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ApiClient, type ApiClientOptions } from '@auth0/auth0-api-js';
import { audience, claimsText, headerText, issuer, rsaKey, segment, signRaw } from '../support/bench.js';

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

  /** The names whose appearance on the prototype of all objects changes a verdict or an answer. */
  function findMovers(names: readonly string[]): unknown {
    const values = ['x', 6, [], {}, ['x'], null, true];
    const documents = [{ issuer, jwks_uri: `${issuer}keys` }, { keys: [rsaKey.publicJwk] }];
    const tokens = [
      good,
      signRaw(rsaKey, headerText(rsaKey), claimsText({ sub: undefined })),
      signRaw(rsaKey, headerText(rsaKey), claimsText({ exp: 1 })),
      signRaw(rsaKey, headerText(rsaKey), claimsText({ aud: undefined })),
      good.replace(/[^.]*$/, segment(Buffer.alloc(256, 7))),
      '',
    ];
    const code = `
      const { ApiClient } = await import('${built}index.js');
      const { answer } = await import('${built}adapter.js');
      const documents = ${JSON.stringify(documents)};
      const describe = (error) => JSON.stringify([error.reason, answer(error), error.headers]);
      const judge = async () => {
        let answers = 0;
        const customFetch = async () => new Response(JSON.stringify(documents[answers++]));
        const client = new ApiClient({ domain: 'issuer.test', audience: '${audience}', customFetch, onEvent() {} });
        const verdicts = [];
        for (const accessToken of ${JSON.stringify(tokens)}) {
          verdicts.push(await client.verifyAccessToken({ accessToken }).then(() => 'accepted', describe));
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
      /^accepted,accepted,.*token_expired.*audience_missing.*signature_invalid.*credentials_missing/,
    );
    return movers;
  }

  it('judges and answers the same with a claim, header or option on the prototype of all objects', () => {
    const names =
      'issuer audience algorithms requiredClaims scheme domain discoveryCache ' +
      'alg kid typ cty crit b64 enc zip p2c jwk jku x5c iss aud exp iat nbf cnf jkt sub nonce act ' +
      'keys jwks_uri kty crv use key_ops ' +
      'then reason statusCode code message cause key signature token';
    expect(findMovers(names.split(' '))).toEqual([]);
  });

  it('answers the same with a part of a challenge there', () => {
    expect(findMovers(['realm', 'scopes'])).toEqual([]);
  });
});
