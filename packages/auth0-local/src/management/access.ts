import { scopesInclude } from '@auth0/auth0-express-api';
import type { Request, RequestHandler } from 'express';
import type { Site } from '../site.js';
import { authenticate } from './authenticate.js';
import { checkOrigin } from './check-origin.js';

/** Who may use the Management API, and what they may do with it. */
export interface Access {
  /** What every request has to pass. */
  readonly checks: readonly RequestHandler[];
  /** What a request has to pass for an endpoint that wants one of the scopes. */
  authorize(scopes: readonly string[]): readonly RequestHandler[];
  /** What a request that was let in may do. */
  readScopes(req: Request): ReadonlySet<string>;
  /** Whether the owner of the tenant calls, who is not held by the limits of the real one. */
  readonly isOwner: boolean;
  /** Who called, by what was verified. */
  describeCaller(req: Request): Caller;
}

/** Who called, as the log has it. */
export interface Caller {
  readonly client_id?: string;
  readonly client_name?: string;
  readonly user_id?: string;
}

/** Access by a token of this tenant for its Management API. */
export function tokenAccess(site: Site): Access {
  const authentication = authenticate(site);
  return {
    checks: [checkOrigin(site)],
    authorize: (scopes) => [...authentication, scopesInclude(scopes)],
    readScopes: (req) => new Set(req.auth0.user?.scope?.split(' ')),
    isOwner: false,
    describeCaller: (req) => {
      const user = req.auth0?.user;
      const id = user?.['azp'] ?? user?.['client_id'];
      return {
        ...(typeof id === 'string' && { client_id: id }),
        ...(user?.sub.includes('|') === true && { user_id: user.sub }),
      };
    },
  };
}
