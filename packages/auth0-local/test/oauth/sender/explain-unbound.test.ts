import { createDpopClient } from '@auth0/auth0-api-js/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { updateApi } from '../../../src/tenant/apis.js';
import { boundSeed } from '../../support/bound-seed.js';
import { createClientCertificate } from '../../support/create-client-certificate.js';
import { createFetchWithCa } from '../../support/fetch-with-ca.js';
import { createProver, type Prover } from '../../support/create-prover.js';
import { lastLog, readToken, type TokenAnswer } from '../../support/flow-requests.js';
import type { OpenTenant } from '../../support/open-tenant.js';
import {
  accessTokenType,
  calendar,
  exchange,
  gateway,
  grantType,
  openChain,
} from '../../support/token-exchange.js';
import {
  applications,
  audience,
  startTrialTenant,
  users,
  type TrialTenant,
} from '../../support/trial-tenant.js';

const takesKeys = { mechanism: 'dpop', required: false } as const;
const takesCertificates = { mechanism: 'mtls', required: false } as const;
const sentInVain = 'A DPoP proof was sent, and the token is bound to nothing:';
const machineRequest = { grant_type: 'client_credentials', ...applications.machine, audience };
const login = {
  grant_type: 'password',
  ...applications.web,
  username: users.plain.email,
  password: users.plain.password,
  audience,
  scope: 'read:messages',
};

describe('a proof in vain', () => {
  let open: OpenTenant;
  let prover: Prover;
  beforeEach(async () => {
    open = await openChain();
    prover = createProver(open);
    return () => open.close();
  });

  it.each([
    [null, 'the API does not say that it is to be'],
    [takesCertificates, 'the API says that it is to be to a client certificate'],
  ])('of an application is explained where the API says %j', async (setting, reason) => {
    updateApi(open.tenant, audience, { proof_of_possession: setting });
    const { body } = await prover.request(machineRequest);
    expect(body.token_type).toBe('Bearer');
    expect(lastLog(open)).toMatchObject({
      type: 'seccft',
      description: `${sentInVain} ${reason}`,
      fix: `auth0 apis update ${audience} --proof-of-possession dpop`,
    });
    updateApi(open.tenant, audience, { proof_of_possession: takesKeys });
    expect((await prover.request(machineRequest)).body.token_type).toBe('DPoP');
    expect(lastLog(open)).not.toHaveProperty('fix');
  });

  it('of an API that acts for a user is explained; its token needs no key of the user', async () => {
    updateApi(open.tenant, audience, { proof_of_possession: { ...takesKeys, required: true } });
    const { access_token: subject } = (await prover.request(login)).body;
    expect(readToken(subject).claims['cnf']).toEqual({ jkt: prover.thumbprint });

    // The API has the token, and not the key.
    const bare = await exchange(open.ask, subject);
    expect([bare.status, bare.body.token_type]).toEqual([200, 'Bearer']);
    expect(lastLog(open)).not.toHaveProperty('fix');

    const own = createProver(open);
    const request = {
      grant_type: grantType,
      ...gateway,
      subject_token: subject,
      subject_token_type: accessTokenType,
      requested_token_type: accessTokenType,
      audience: calendar,
    };
    expect((await own.request(request)).body.token_type).toBe('Bearer');
    expect(lastLog(open)).toMatchObject({
      type: 'success_on_behalf_of_token_exchange',
      description: `${sentInVain} the API does not say that it is to be`,
      fix: `auth0 apis update ${calendar} --proof-of-possession dpop`,
    });
    updateApi(open.tenant, calendar, { proof_of_possession: takesKeys });
    const { body } = await own.request(request);
    expect([body.token_type, readToken(body.access_token).claims['cnf']]).toEqual([
      'DPoP',
      { jkt: own.thumbprint },
    ]);
  });

  describe('of a client certificate', () => {
    let trial: TrialTenant;
    const certificate = createClientCertificate();
    // Another API wants certificates: without one the listener does not ask for them.
    const other = { name: 'Other', identifier: 'urn:other', proof_of_possession: takesCertificates };
    beforeEach(async () => {
      trial = await startTrialTenant({ seed: boundSeed(takesCertificates) });
      await trial.manage('POST', '/resource-servers', other);
      return () => trial.tenant.close();
    });

    type Outcome = readonly [cnf: unknown, description: string | undefined, fix: string | undefined];
    async function send(
      identity: object,
      parameters: Record<string, string>,
      isProven = false,
    ): Promise<Outcome> {
      const { tenant } = trial;
      const url = `${tenant.urls.https}/oauth/token`;
      const answer = await createFetchWithCa(tenant.ca, identity)(url, {
        method: 'POST',
        headers: isProven ? { dpop: createDpopClient().proof({ method: 'POST', url }) } : {},
        body: new URLSearchParams(parameters),
      });
      const { access_token: token } = (await answer.json()) as TokenAnswer;
      const { body } = await trial.manage<{ description: string; fix?: string }[]>('GET', '/logs?per_page=1');
      return [readToken(token).claims['cnf'], body[0]?.description, body[0]?.fix];
    }

    it('is not in vain where the token is bound to it, whatever is sent beside it', async () => {
      const bound = { 'x5t#S256': certificate.thumbprint };
      for (const isProven of [false, true]) {
        const [cnf, description, fix] = await send(certificate, machineRequest, isProven);
        expect([cnf, fix]).toEqual([bound, undefined]);
        expect(description).toBe('Client credentials exchanged for an access token (bound to a certificate)');
      }
      const [cnf, , fix] = await send({}, machineRequest, true);
      expect([cnf, fix]).toEqual([undefined, expect.stringContaining('--proof-of-possession dpop')]);
    });

    it.each([
      [null, 'the API does not say that it is to be'],
      [takesKeys, 'the API says that it is to be to a key'],
    ])('is explained where the API says %j', async (setting, reason) => {
      const path = `/resource-servers/${encodeURIComponent(audience)}`;
      await trial.manage('PATCH', path, { proof_of_possession: setting });
      expect(await send(certificate, machineRequest)).toEqual([
        undefined,
        `A client certificate was sent, and the token is bound to nothing: ${reason}`,
        `auth0 apis update ${audience} --proof-of-possession mtls`,
      ]);
    });

    it('is explained where a public application shows it', async () => {
      const { client_id: _id, client_secret: _secret, ...others } = login;
      expect(await send(certificate, { ...others, client_id: 'public-client' })).toEqual([
        undefined,
        'A client certificate was sent, and the token is bound to nothing: the application is public',
        undefined,
      ]);
    });
  });
});
