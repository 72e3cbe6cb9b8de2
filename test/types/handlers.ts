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
