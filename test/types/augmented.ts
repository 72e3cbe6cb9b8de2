import { claimCheck, createAuth0Api, requiresAuth, type Auth0ApiEvent } from '@auth0/auth0-express-api';
import express from 'express';

declare module '@auth0/auth0-express-api' {
  interface Token {
    tier: 'free' | 'premium';
    roles: string[];
    'https://myapp.com/org_id': string;
  }
}

export const app = express();
app.use(createAuth0Api({ onEvent: (event: Auth0ApiEvent) => void event.type }));

app.get('/typed', requiresAuth(), (req, res) => {
  const tier: 'free' | 'premium' | undefined = req.auth0.user?.tier;
  const organization: string | undefined = req.auth0.user?.['https://myapp.com/org_id'];
  const sub: string | undefined = req.auth0.user?.sub;
  // @ts-expect-error A tier is not a number.
  const wrong: number | undefined = req.auth0.user?.tier;
  res.json([tier, organization, sub, wrong]);
});

app.get(
  '/checked',
  requiresAuth(),
  claimCheck((_req, token) => token.tier === 'premium' || token.roles.includes('admin')),
  (_req, res) => {
    res.end();
  },
);

// @ts-expect-error There is no such tier.
claimCheck((_req, token) => token.tier === 'gold');

// @ts-expect-error A role is a string.
claimCheck((_req, token) => token.roles.includes(7));

app.get('/unknown', requiresAuth(), (req, res) => {
  const plan: unknown = req.auth0.user?.['plan'];
  // @ts-expect-error Nobody has said what a plan is.
  const wrong: string | undefined = req.auth0.user?.['plan'];
  res.json([plan, wrong]);
});
