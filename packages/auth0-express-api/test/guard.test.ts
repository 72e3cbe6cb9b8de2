import { requiresAuth } from '@auth0/auth0-express-api';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import type { NextFunction, Request, Response } from 'express';
import { describe, expect, it } from 'vitest';
import { startTrialApi } from './support/trial-api.js';

describe('what a function of the application throws', () => {
  // To Express, some of these are no errors, and others say where to go on.
  it.each([
    [undefined],
    [null],
    [''],
    [0],
    [false],
    ['route'],
    ['router'],
    [7],
    [Symbol('x')],
    [() => {}],
    [{}],
  ])('is an error and lets nobody in: %s', async (thrown) => {
    const issuer = await createTestIssuer();
    const getCertificate = (): never => {
      throw thrown;
    };
    const api = await startTrialApi({ mtls: { getCertificate } }, issuer);
    api.app.get('/', requiresAuth(), (_req, res) => void res.end('in'));
    api.app.get('/', (_req, res) => void res.end('in by the next route'));
    const errors: unknown[] = [];
    api.app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
      errors.push(error);
      res.status(500).end();
    });
    const token = issuer.accessToken({ cnf: { 'x5t#S256': 'A'.repeat(43) } });
    expect((await api.get('/', token)).status).toBe(500);
    expect(errors).toEqual([expect.any(Object)]);
  });
});
