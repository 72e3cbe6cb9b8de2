import {
  claimCheck,
  claimEquals,
  claimIncludes,
  createAuth0Api,
  requiresAuth,
  scopesInclude,
} from '@auth0/auth0-express-api';
import express, { Router, type RequestHandler } from 'express';

export const handlers: RequestHandler[] = [
  requiresAuth(),
  requiresAuth({ scopes: 'a b' }),
  requiresAuth({ scopes: ['a', 'b'] as const }),
  scopesInclude('a', { match: 'all' }),
  claimEquals('a', null),
  claimIncludes('a', ['b'], { errorMessage: 'no' }),
  claimIncludes('a', 'b', 1, true, null),
  claimCheck(() => true),
  claimCheck(async (req) => Promise.resolve(req.path === '/'), 'no'),
];

export const app = express();
export const router: Router = createAuth0Api({ domain: 'tenant.example.com', audience: 'api' });
router.get('/own', requiresAuth(), (req, res) => {
  res.json(req.auth0.token);
});
app.use('/api', router, handlers);
app.use(requiresAuth());
app.get('/a', handlers);
app.get('/c', ...handlers, (_req, res) => {
  res.end();
});
Router().post('/b', requiresAuth(), scopesInclude(['a']), (req, res) => {
  res.json(req.auth0.user?.sub);
});

const checks = [requiresAuth(), scopesInclude('a'), claimCheck(() => true)];
app.use('/d', checks, router);
app.get('/users/:id', requiresAuth({ scopes: 'a' }), claimEquals('a', 1), (req, res) => {
  const id: string = req.params.id;
  // @ts-expect-error The path has no such parameter that is a number.
  const wrong: number = req.params.id;
  res.json([id, wrong]);
});
app.post<object, string[], { name: string }>('/e', requiresAuth(), (req, res) => {
  const name: string = req.body.name;
  res.json([name]);
});
app.route('/f').all(requiresAuth()).get(scopesInclude('a'));
app.all('/g', claimIncludes('a', 'b'), [claimEquals('a', true)]);

app.get('/auth0', async (req, res) => {
  const { client } = req.auth0;
  const claims = await client.verifyAccessToken({ accessToken: req.auth0.token ?? '' });
  const exp: number = claims.exp;
  const act: string | undefined = req.auth0.user?.act?.sub;
  // @ts-expect-error A request need not have a user.
  const sub: string = req.auth0.user.sub;
  // @ts-expect-error A request need not have a token.
  const token: string = req.auth0.token;
  // @ts-expect-error There is no such thing.
  res.json([exp, act, sub, token, req.auth0.claims]);
});

createAuth0Api();
createAuth0Api({ algorithms: ['RS256'], clientId: 'a', clientSecret: 'b', customFetch: fetch });
createAuth0Api({
  onEvent: (event) => {
    if (event.type === 'refusal') return [event.reason, event.statusCode, event.issuer];
    if (event.type === 'outage') return [event.url, event.retryAfterSeconds, event.message];
    // @ts-expect-error What is left has no status code.
    return event.statusCode;
  },
});

// @ts-expect-error The option is `scopes`.
requiresAuth({ scope: 'a' });
// @ts-expect-error A scope is a string.
requiresAuth({ scopes: [7] });
// @ts-expect-error A scope is a string.
scopesInclude(7);
// @ts-expect-error There are two ways to match.
scopesInclude('a', { match: 'some' });
// @ts-expect-error JSON has no such value to compare with.
claimEquals('a', {});
// @ts-expect-error A claim has a name.
claimIncludes(7, ['a']);
// @ts-expect-error A check is a function.
claimCheck(true);
// @ts-expect-error A check answers with a boolean.
claimCheck(() => 'yes');
// @ts-expect-error The option is `audience`.
createAuth0Api({ audiance: 'api' });
// @ts-expect-error There is more than one algorithm to name, or a list of one.
createAuth0Api({ algorithms: 'RS256' });
// @ts-expect-error An issuer is one domain.
createAuth0Api({ domain: ['tenant.example.com'] });
// @ts-expect-error A router is no handler with options.
createAuth0Api('tenant.example.com');
// @ts-expect-error Scopes are an option.
requiresAuth('a');
// @ts-expect-error Undefined is no scope; leave the option out.
requiresAuth({ scopes: undefined });
// @ts-expect-error Several scopes are a list, or one string.
scopesInclude('a', 'b');
// @ts-expect-error The value is missing.
claimEquals('a');
// @ts-expect-error Undefined is no value of JSON.
claimEquals('a', undefined);
// @ts-expect-error The message is an option here.
claimEquals('a', 1, 'no');
// @ts-expect-error A value is a string, number, boolean or null.
claimIncludes('a', [{}]);
// @ts-expect-error Options belong to the list form.
claimIncludes('a', 'b', { errorMessage: 'no' });
// @ts-expect-error The option is `errorMessage`.
claimCheck(() => true, { message: 'no' });
// @ts-expect-error A check answers with a boolean, also later.
claimCheck(async () => Promise.resolve('yes'));
// @ts-expect-error A middleware is made by a call.
app.get('/h', claimEquals, (_req, res) => res.end());
