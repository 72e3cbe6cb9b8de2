import { requiresAuth } from '@auth0/auth0-express-api';
import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { startTrialApi, type TrialApi } from '../support/trial-api.js';

/** An API whose parsers make every body and query there is. */
async function startApi(): Promise<TrialApi> {
  const api = await startTrialApi();
  api.app.set('query parser', 'extended');
  api.app.use(express.json(), express.urlencoded({ extended: true }), express.text({ type: 'multipart/*' }));
  api.app.all('/', requiresAuth(), (req, res) => {
    res.json({ sub: req.auth0.user?.sub });
  });
  return api;
}

const form = 'application/x-www-form-urlencoded';

describe('A, a token that is not in the header', () => {
  it.each([
    ['A11', 'a parameter', 'access_token=TOKEN'],
    ['A12', 'two parameters', 'access_token=TOKEN&access_token=TOKEN'],
    ['A12', 'a list', 'access_token[]=TOKEN'],
    ['A12', 'an object', 'access_token[a][b]=TOKEN'],
    ['A12', 'an object with a length', 'access_token[length]=1&access_token[0]=TOKEN'],
    ['A12', 'a member of its prototype', '__proto__[access_token]=TOKEN'],
    ['A12', 'a header in the query', 'authorization=Bearer%20TOKEN'],
  ])('%s is not read from the query: %s', async (_row, _what, query) => {
    const api = await startApi();
    const token = api.issuer.accessToken();
    const response = await api.get(`/?${query.replaceAll('TOKEN', token)}`);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await response.text()).toBe('');
    expect(JSON.stringify(api.events)).not.toContain(token.slice(-20));
  });

  it.each([
    ['A12', 'POST', 'application/json', '{"access_token":["TOKEN"]}'],
    ['A12', 'POST', form, 'access_token[a]=TOKEN'],
    ['A13', 'GET', form, 'access_token=TOKEN'],
    ['A14', 'POST', form, 'access_token=TOKEN'],
    ['A14', 'POST', 'application/json', '{"access_token":"TOKEN"}'],
    ['A14', 'POST', `multipart/x; a=${form}`, 'access_token=TOKEN'],
    ['A14', 'PUT', form, 'access_token=TOKEN'],
  ])('%s is not read from the body: %s %s %s', async (_row, method, type, text) => {
    const api = await startApi();
    const send = method === 'GET' ? 'get' : method === 'PUT' ? 'put' : 'post';
    const response = await request(api.app)
      [send]('/')
      .set('Content-Type', type)
      .send(text.replace('TOKEN', api.issuer.accessToken()));
    expect([response.status, response.headers['www-authenticate'], response.text]).toEqual([
      401,
      'Bearer',
      '',
    ]);
  });

  it('A10 changes nothing beside one in the header: neither good nor bad', async () => {
    const api = await startApi();
    const [good, bad] = [api.issuer.accessToken({ sub: 'auth0|alice' }), api.issuer.badToken('expired')];
    const ask = (header: string, elsewhere: string): request.Test =>
      request(api.app)
        .post(`/?access_token=${elsewhere}`)
        .auth(header, { type: 'bearer' })
        .type('form')
        .send({ access_token: elsewhere });
    await ask(good, bad).expect(200, { sub: 'auth0|alice' });
    await ask(bad, good).expect(401);
  });

  it('A9 A17 is no second one in a header of another name or in the value of one', async () => {
    const api = await startApi();
    const credentials = `Bearer ${api.issuer.accessToken()}`;
    const line = `Authorization: ${credentials}`;
    const others = [
      'X-Note: authorization',
      'X-Note: Authorization',
      `Proxy-Authorization: ${credentials}`,
      `X-Authorization: ${credentials}`,
      `Cookie: authorization=${credentials}`,
    ];
    expect(await api.raw('/', [...others, line, ...others])).toMatch(/^HTTP\/1\.1 200 /);
    expect(await api.raw('/', others)).toMatch(/^HTTP\/1\.1 401 .*^WWW-Authenticate: Bearer\r$/ms);
  });
});
