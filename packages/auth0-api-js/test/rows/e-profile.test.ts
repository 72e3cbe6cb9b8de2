import { describe, expect, it, vi } from 'vitest';
import {
  ApiClient,
  InvalidConfigurationError,
  type ApiClientOptions,
  type ProfileOptions,
} from '@auth0/auth0-api-js';
import { audience, claimsText, headerText, issuer, signRaw } from '../support/bench.js';
import { noon, setWallClock, stopTime } from '../support/clock.js';
import { reasonOf } from '../support/reason-of.js';
import { edKey, serveIssuers, tokenBy } from '../support/several-issuers.js';

const algorithms = ['Ed25519'];
const jwks = { keys: [edKey.publicJwk] };

/** A client with these options for all issuers, and one with them for the issuer alone. */
function createClients(profile: ProfileOptions): ApiClient[] {
  const base: ApiClientOptions = { audience, algorithms, onEvent: () => {} };
  return [
    new ApiClient({ ...base, ...profile, issuers: [{ issuer, jwks }] }),
    new ApiClient({ ...base, issuers: [{ issuer, jwks, ...profile }] }),
  ];
}

const sign = (claims: object, header: object = {}): string =>
  signRaw(edKey, headerText(edKey, { ...header }), claimsText({ ...claims }));

async function expectVerdict(clients: readonly ApiClient[], token: string, verdict: string): Promise<void> {
  for (const client of clients) expect(await reasonOf(client, token)).toBe(verdict);
}

describe('E5, how long a token may live', () => {
  const clients = createClients({ maxTokenLifetimeSeconds: 600 });

  it.each<[string, object, string]>([
    ['of 600 s', { iat: noon - 300, exp: noon + 300 }, 'accepted'],
    ['of 600.5 s', { iat: noon - 300, exp: noon + 300.5 }, 'lifetime_not_accepted'],
    ['of a day', { iat: noon, exp: noon + 86_400 }, 'lifetime_not_accepted'],
    ['of no time', { iat: noon, exp: noon }, 'accepted'],
    ['that ends before it begins', { iat: noon + 8, exp: noon + 7 }, 'lifetime_not_accepted'],
    ['that is good from its end on', { iat: noon, exp: noon + 3, nbf: noon + 3 }, 'accepted'],
    [
      'that is good from after its end on',
      { iat: noon, exp: noon + 3, nbf: noon + 4 },
      'lifetime_not_accepted',
    ],
    ['that is over, and too long', { iat: noon - 3600, exp: noon - 60 }, 'token_expired'],
  ])('E5 judges a token %s', async (_what, claims, verdict) => {
    setWallClock(noon);
    await expectVerdict(clients, sign(claims), verdict);
    if (verdict === 'lifetime_not_accepted') await expectVerdict(createClients({}), sign(claims), 'accepted');
  });

  it.each<[number, ProfileOptions, string]>([
    [-60, { maxTokenAgeSeconds: 60 }, 'accepted'],
    [-65, { maxTokenAgeSeconds: 60 }, 'accepted'],
    [-65.5, { maxTokenAgeSeconds: 60 }, 'token_too_old'],
    [-60.5, { maxTokenAgeSeconds: 60, clockToleranceSeconds: 0 }, 'token_too_old'],
    [-60, { maxTokenAgeSeconds: 60, clockToleranceSeconds: 0 }, 'accepted'],
    [10, { maxTokenAgeSeconds: 60 }, 'accepted'],
    [-5, { maxTokenAgeSeconds: 0 }, 'accepted'],
    [-6, { maxTokenAgeSeconds: 0 }, 'token_too_old'],
    [-86_400, {}, 'accepted'],
  ])('E5 judges a token issued %d s from now with %j', async (fromNow, profile, verdict) => {
    setWallClock(noon);
    await expectVerdict(createClients(profile), sign({ iat: noon + fromNow, exp: noon + 60 }), verdict);
  });
});

describe('E2 E3 E4, the tolerance that the option gives', () => {
  it.each<[object, number, string]>([
    [{ exp: noon }, 0, 'token_expired'],
    [{ exp: noon + 1 }, 0, 'accepted'],
    [{ exp: noon - 299 }, 300, 'accepted'],
    [{ exp: noon - 300 }, 300, 'token_expired'],
    [{ nbf: noon + 1 }, 0, 'token_not_yet_valid'],
    [{ nbf: noon + 300 }, 300, 'accepted'],
    [{ iat: noon + 10 }, 0, 'accepted'],
    [{ iat: noon + 11 }, 0, 'issued_in_future'],
    [{ iat: noon + 300 }, 300, 'accepted'],
    [{ iat: noon + 301 }, 300, 'issued_in_future'],
  ])('E2 E3 E4 judge %j with %d s: %s', async (claims, clockToleranceSeconds, verdict) => {
    setWallClock(noon);
    await expectVerdict(
      createClients({ clockToleranceSeconds }),
      sign({ exp: noon + 600, iat: noon, ...claims }),
      verdict,
    );
  });
});

describe('E9, several audiences', () => {
  const clients = createClients({ audience: ['https://a.test', 'https://b.test'] });

  it.each<[unknown, string]>([
    ['https://a.test', 'accepted'],
    ['https://b.test', 'accepted'],
    [['https://c.test', 'https://b.test'], 'accepted'],
    [['https://b.test', 'https://a.test'], 'accepted'],
    ['https://c.test', 'audience_mismatch'],
    [audience, 'audience_mismatch'],
    ['https://a.test https://b.test', 'audience_mismatch'],
    ['https://a.test,https://b.test', 'audience_mismatch'],
    ['https://a.test/', 'audience_mismatch'],
    ['https://A.test', 'audience_mismatch'],
    [['https://a.test', 7], 'audience_mismatch'],
    [[['https://a.test']], 'audience_mismatch'],
    [[], 'audience_mismatch'],
    [undefined, 'audience_missing'],
  ])('E9 judge aud %j', async (aud, verdict) => {
    await expectVerdict(clients, sign({ aud }), verdict);
  });
});

describe('E10, the profile of RFC 9068', () => {
  const clients = createClients({ profile: 'rfc9068' });
  const full = { client_id: 'app', jti: 'j' };

  it.each<[unknown, string]>([
    ['at+jwt', 'accepted'],
    ['AT+JWT', 'accepted'],
    ['application/at+jwt', 'accepted'],
    ['Application/At+Jwt', 'accepted'],
    ['JWT', 'type_not_accepted'],
    ['application/jwt', 'type_not_accepted'],
    ['', 'type_not_accepted'],
    ['at+jwt ', 'type_not_accepted'],
    ['application/application/at+jwt', 'type_not_accepted'],
    [['at+jwt'], 'type_not_accepted'],
    [null, 'type_not_accepted'],
    [undefined, 'type_not_accepted'],
  ])('E10 judges typ %j', async (typ, verdict) => {
    await expectVerdict(clients, sign(full, { typ }), verdict);
  });

  it.each(['sub', 'client_id', 'jti'])('E10 asks for %s: a text that is not empty', async (name) => {
    await expectVerdict(clients, sign(full), 'accepted');
    await expectVerdict(clients, sign({ ...full, [name]: undefined }), 'claim_missing');
    for (const value of [7, null, '', ['a'], {}, true])
      await expectVerdict(clients, sign({ ...full, [name]: value }), 'claim_invalid');
    for (const client of clients)
      await expect(
        client.verifyAccessToken({ accessToken: sign({ ...full, [name]: undefined }) }),
      ).rejects.toThrow(`missing required "${name}" claim`);
    await expectVerdict(createClients({}), sign({ ...full, [name]: undefined }), 'accepted');
  });

  it('E10 asks for iat and exp as numbers', async () => {
    await expectVerdict(clients, sign({ ...full, iat: undefined }), 'issued_at_missing');
    await expectVerdict(clients, sign({ ...full, iat: '1' }), 'issued_at_invalid');
    await expectVerdict(clients, sign({ ...full, exp: undefined }), 'expiry_missing');
  });
});

describe('E14, numbers of a call', () => {
  const [client] = createClients({});

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, '5', null, 3601])(
    'E14 ready() waits no %j seconds',
    async (timeoutSeconds) => {
      const asked = client?.ready({ timeoutSeconds: timeoutSeconds as number });
      await expect(asked).rejects.toThrow(InvalidConfigurationError);
      await expect(asked).rejects.toThrow('Invalid ready configuration: "timeoutSeconds" must be');
    },
  );
});

describe('E15, claims of the application', () => {
  it.each<[ProfileOptions['claims'], object, string]>([
    [{ plan: 'gold' }, { plan: 'gold' }, 'accepted'],
    [{ plan: 'gold' }, { plan: 'Gold' }, 'claim_mismatch'],
    [{ plan: 'gold' }, { plan: ['gold'] }, 'claim_mismatch'],
    [{ plan: 'gold' }, { plan: { gold: true } }, 'claim_mismatch'],
    [{ plan: 'gold' }, {}, 'claim_missing'],
    [{ plan: ['gold', 'silver'] }, { plan: 'silver' }, 'accepted'],
    [{ plan: ['gold', 'silver'] }, { plan: 'gold,silver' }, 'claim_mismatch'],
    [{ level: 1 }, { level: 1 }, 'accepted'],
    [{ level: 1 }, { level: '1' }, 'claim_mismatch'],
    [{ level: 1 }, { level: true }, 'claim_mismatch'],
    [{ admin: true }, { admin: true }, 'accepted'],
    [{ admin: true }, { admin: 'true' }, 'claim_mismatch'],
    [{ admin: false }, { admin: 0 }, 'claim_mismatch'],
    [{ org: null }, { org: null }, 'accepted'],
    [{ org: null }, {}, 'claim_missing'],
    [{ plan: 'gold', level: 1 }, { plan: 'gold', level: 2 }, 'claim_mismatch'],
    [{ toString: 'x' } as unknown as ProfileOptions['claims'], {}, 'claim_missing'],
    [{ 'https://x.test/a b': 'é' }, { 'https://x.test/a b': 'é' }, 'accepted'],
  ])('E15 asks for %j and judges %j', async (claims, given, verdict) => {
    const clients = createClients({ ...(claims && { claims }) });
    // Twice: a rule that kept something from the last time would judge otherwise.
    for (let time = 0; time < 2; time++) await expectVerdict(clients, sign(given), verdict);
  });

  it('E15 asks for the claims of the client and of the issuer, all of them', async () => {
    const client = new ApiClient({
      audience,
      algorithms,
      claims: { plan: ['gold', 'silver'] },
      requiredClaims: ['org'],
      issuers: [{ issuer, jwks, claims: { plan: 'gold' }, requiredClaims: ['tier'] }],
    });
    expect(await reasonOf(client, sign({ plan: 'gold', org: 1, tier: 1 }))).toBe('accepted');
    expect(await reasonOf(client, sign({ plan: 'silver', org: 1, tier: 1 }))).toBe('claim_mismatch');
    expect(await reasonOf(client, sign({ plan: 'gold', org: 1 }))).toBe('claim_missing');
    expect(await reasonOf(client, sign({ plan: 'gold', tier: 1 }))).toBe('claim_missing');
    expect(await reasonOf(client, sign({ plan: 'gold', org: 1, tier: 1 }), { requiredClaims: ['x'] })).toBe(
      'claim_missing',
    );
  });

  it('E15 decides alike about tokens alike, and only by true', async () => {
    const clients = createClients({ validate: ({ sub }) => String(sub).startsWith('auth0|') });
    for (let time = 0; time < 4; time++) {
      await expectVerdict(clients, sign({}), 'accepted');
      await expectVerdict(clients, sign({ sub: 'x' }), 'claims_rejected');
    }
    const answers: readonly (readonly [unknown, string])[] = [
      [async () => true, 'accepted'],
      [async () => false, 'claims_rejected'],
      [() => 1, 'claims_rejected'],
      [async () => 'yes', 'claims_rejected'],
      [() => JSON.parse('{'), 'claims_rejected'],
      [async () => Promise.reject(new Error('no')), 'claims_rejected'],
      [async () => ({ reason: 'own_reason' }), 'own_reason'],
    ];
    for (const [validate, verdict] of answers)
      await expectVerdict(createClients({ validate } as ProfileOptions), sign({}), verdict);
  });
});

describe('E17, clocks that jump', () => {
  const jumps = [3600, -3600, 86_400 * 400, -86_400 * 400];

  it.each(jumps)(
    'E17 judges tokens by the wall clock, %d s away, and keys by the other one',
    async (seconds) => {
      stopTime();
      const { customFetch, requests } = serveIssuers(() => [edKey.publicJwk]);
      const client = new ApiClient({ domain: issuer, audience, algorithms, customFetch, onEvent: () => {} });
      const before = tokenBy(issuer);
      expect(await reasonOf(client, before)).toBe('accepted');
      await vi.advanceTimersByTimeAsync(60_000);

      vi.setSystemTime((noon + seconds) * 1000);
      expect(await reasonOf(client, before)).toBe(seconds > 0 ? 'token_expired' : 'issued_in_future');
      expect(await reasonOf(client, tokenBy(issuer))).toBe('accepted');
      expect(requests).toHaveLength(2);
      const [health] = client.health().issuers;
      expect(health).toMatchObject({ state: 'fresh', ageSeconds: 60 });
      expect(health?.nextAttemptInSeconds).toBeGreaterThan(600 * 0.8 - 61);
      expect(health?.nextAttemptInSeconds).toBeLessThan(600 * 0.95);

      await vi.advanceTimersByTimeAsync(520_000);
      expect(requests).toHaveLength(4);
      client.close();
    },
  );

  it.each(jumps)(
    'E17 goes by the other clock for made-up key ids and for an outage, too: %d s',
    async (seconds) => {
      stopTime();
      let isDown = false;
      const { customFetch, requests } = serveIssuers(() => {
        if (isDown) throw new TypeError('fetch failed');
        return [edKey.publicJwk];
      });
      const client = new ApiClient({ domain: issuer, audience, algorithms, customFetch, onEvent: () => {} });
      const madeUp = (): string => sign({}, { kid: 'made-up' });
      expect(await reasonOf(client, tokenBy(issuer))).toBe('accepted');
      expect(await reasonOf(client, madeUp())).toBe('unknown_key');
      expect(requests).toHaveLength(4);
      vi.setSystemTime((noon + seconds) * 1000);
      expect(await reasonOf(client, madeUp())).toBe('unknown_key');
      expect(requests).toHaveLength(4);

      isDown = true;
      await vi.advanceTimersByTimeAsync(30_000);
      expect(await reasonOf(client, madeUp())).toBe('issuer_unreachable');
      const asked = requests.length;
      vi.setSystemTime((noon - seconds) * 1000);
      expect(await reasonOf(client, madeUp())).toBe('issuer_unreachable');
      expect(requests).toHaveLength(asked);
      expect(await reasonOf(client, tokenBy(issuer))).toBe('accepted');
      client.close();
    },
  );
});
