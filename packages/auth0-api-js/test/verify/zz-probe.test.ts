import { describe, expect, it } from 'vitest';
import { ApiClient } from '@auth0/auth0-api-js';
import { createTestKey } from '/work/keys/packages/auth0-api-js/src/testing/create-test-key.js';
import { audience, claimsText, headerText, signRaw } from '/work/keys/packages/auth0-api-js/test/support/bench.js';
describe('probe', () => {
  it('many', async () => {
    const key = createTestKey('Ed25519');
    for (const [n, max] of [[2, 1], [300, 100], [1000, 100]]) {
      const issuers = Array.from({ length: n }, (_, i) => `https://t${i}.test/`);
      const client = new ApiClient({ audience, algorithms: ['Ed25519'], domains: async () => issuers, discoveryCache: { maxEntries: max },
        customFetch: async (input) => { const url = new URL(String(input)); 
          await new Promise((r) => setTimeout(r, 5));
          return Response.json(url.pathname === '/keys' ? { keys: [key.publicJwk] } : { issuer: url.origin + '/', jwks_uri: url.origin + '/keys' }); }, onEvent: () => {} });
      const results = await Promise.allSettled(issuers.map((iss) => client.verifyAccessToken({ accessToken: signRaw(key, headerText(key), claimsText({ iss })) })));
      const bad = results.filter((r) => r.status === 'rejected').map((r) => (r as PromiseRejectedResult).reason.reason);
      console.log(n, max, 'bad', bad.length, bad[0], 'remembered', client.health().issuers.length);
      await client.verifyAccessToken({ accessToken: signRaw(key, headerText(key), claimsText({ iss: issuers[0] })) }).catch((e) => console.log(e.reason));
      console.log('remembered', client.health().issuers.length);
      client.close();
      let after = 0;
    }
  });
});
