import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';
import { decodeJwt } from 'jose';
import type { Site } from '../site.js';
import { managementIdentifier } from '../tenant/tenant.js';
import { fetchInProcess } from './fetch-in-process.js';

/**
 * Requires a token of this tenant for its Management API, by our own SDK. The tokens of every listener are good at each:
 * what a token says of its issuer and audience chooses who verifies it, and that one verifies both.
 */
export function authenticate(site: Site): RequestHandler[] {
  const { issuers, now } = site.tenant;
  const clients = new Map<string, Router>();
  for (const issuer of issuers) {
    for (const audience of issuers.map(managementIdentifier)) {
      const client = createAuth0Api({
        domain: issuer,
        audience,
        customFetch: fetchInProcess(site.tenant, issuer),
        // A key that was rotated or revoked counts at once.
        discoveryCache: { ttl: 0 },
        errors: 'next',
        now,
      });
      clients.set(clientKey(issuer, audience), client);
    }
  }
  const own = clients.get(clientKey(site.issuer, managementIdentifier(site.issuer)));
  if (own === undefined) throw new Error(`${site.issuer} is no issuer of this tenant.`);

  function chooseClientMiddleware(req: Request, res: Response, next: NextFunction): void {
    const [key] = readKeys(req.headers.authorization).filter((candidate) => clients.has(candidate));
    const client = key === undefined ? own : clients.get(key);
    client?.(req, res, next);
  }
  return [chooseClientMiddleware, requiresAuth()];
}

/** Who could verify a token, by what it says of itself. Nothing of that is believed. */
function readKeys(authorization: string | undefined): string[] {
  try {
    const { iss, aud } = decodeJwt(authorization?.split(' ')[1] ?? '');
    return [aud].flat().map((audience) => clientKey(String(iss), String(audience)));
  } catch {
    return [];
  }
}

function clientKey(issuer: string, audience: string): string {
  return JSON.stringify([issuer, audience]);
}
