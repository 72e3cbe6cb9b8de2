import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';
import { decodeJwt } from 'jose';
import type { Site } from '../site.js';
import { managementIdentifier, type Tenant } from '../tenant/tenant.js';
import { fetchInProcess } from './fetch-in-process.js';

/**
 * Requires a token of this tenant for its Management API, by our own SDK. The tokens of every listener are good at each:
 * what a token says of its issuer chooses who verifies it, and that one verifies everything.
 *
 * Each issuer's audience is its own: a token for another API that was once called as the Management API is today has the
 * name of another issuer.
 */
export function authenticate(site: Site): RequestHandler[] {
  const { issuers } = site.tenant;
  const clients = new Map(issuers.map((issuer) => [issuer, createClient(site.tenant, issuer)]));
  const own = clients.get(site.issuer);
  if (own === undefined) throw new Error(`${site.issuer} is no issuer of this tenant.`);

  const chooseClient = function chooseClientMiddleware(req: Request, res: Response, next: NextFunction) {
    const client = clients.get(readIssuer(req.headers.authorization)) ?? own;
    client(req, res, next);
  };
  return [chooseClient, requiresAuth()];
}

function createClient(tenant: Tenant, issuer: string): Router {
  return createAuth0Api({
    domain: issuer,
    audience: managementIdentifier(issuer),
    customFetch: fetchInProcess(tenant, issuer),
    // A key that was rotated or revoked counts at once.
    discoveryCache: { ttl: 0 },
    errors: 'next',
    // The tenant's log has each refusal; standard error is for what needs attention.
    onEvent: () => {},
    now: tenant.now,
  });
}

/** Who could verify a token, by what it says of itself. Nothing of that is believed. */
function readIssuer(authorization: string | undefined): string {
  try {
    return String(decodeJwt(authorization?.split(' ')[1] ?? '').iss);
  } catch {
    return '';
  }
}
