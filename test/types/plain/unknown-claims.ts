import { claimCheck, createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import express from 'express';

export const app = express().use(createAuth0Api());

app.get('/', requiresAuth(), (req, res) => {
  const claim: unknown = req.auth0.user?.['tier'];
  // @ts-expect-error Nobody has said what a tier is.
  const tier: string | undefined = req.auth0.user?.['tier'];
  res.json([claim, tier, req.auth0.user?.sub]);
});

// @ts-expect-error Nobody has said that roles are a list.
claimCheck((_req, token) => token['roles'].includes('admin'));
