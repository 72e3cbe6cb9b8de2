import type { Request, Response, Router } from 'express';
import * as v from 'valibot';
import { explainPastedToken, type PastedExplanation } from '../explain/explain-pasted-token.js';
import { findScopesFix } from '../explain/find-scopes-fix.js';
import { fetchInProcess } from '../management/fetch-in-process.js';
import { readJsonBody } from '../management/read-json-body.js';
import type { Site } from '../site.js';
import { findApi, type Api } from '../tenant/apis.js';
import { strictObject } from '../tenant/object-schemas.js';
import { readBody } from '../tenant/read-body.js';
import { managementIdentifier } from '../tenant/tenant.js';
import { invalid, TenantError } from '../tenant/tenant-error.js';

/** A scope token (RFC 6749 section 3.3): no token can have another one. */
const scope = v.pipe(
  v.string(),
  v.regex(/^[\x21\x23-\x5B\x5D-\x7E]{1,280}$/, 'A scope has no spaces, quotes or control characters'),
);

const schema = strictObject({
  token: v.string(),
  audience: v.string(),
  scopes: v.exactOptional(v.pipe(v.array(scope), v.maxLength(100))),
  issuer: v.exactOptional(v.string()),
});

/** `POST /explain`: which check a pasted token fails. Nothing of it is kept. */
export function serveExplain(router: Router, site: Site): void {
  router.post('/explain', ...readJsonBody, async (req: Request, res: Response) => {
    res.json(await explainForSite(site, req.body));
  });
}

/** @throws TenantError: something in the body is not acceptable, or the tenant has no such API or issuer. */
function explainForSite({ tenant, issuer: own }: Site, body: unknown): Promise<PastedExplanation> {
  const { token, audience, scopes = [], issuer = own } = readBody(schema, body);
  if (!tenant.issuers.includes(issuer))
    throw invalid(`This tenant is no issuer of that name. Its issuers are ${tenant.issuers.join(', ')}`);
  const api = findApi(tenant, audience);
  if (api === undefined) {
    throw new TenantError(
      'missing',
      'inexistent_resource_server',
      `There is no API with the identifier '${audience.slice(0, 200)}'. Create it, or choose one that is there.`,
    );
  }
  return explainPastedToken({
    pasted: token,
    domain: issuer,
    // The Management API has a name for each issuer.
    audience: api.is_system ? managementIdentifier(issuer) : api.identifier,
    algorithms: expectedAlgorithms(api),
    scopes,
    fetch: fetchInProcess(tenant, issuer),
    now: tenant.now,
    findApi: async () => api,
    findScopesFix: (claims) => findScopesFix(tenant, api, claims, scopes),
  });
}

/** As a protected API is set up: its SDK takes no symmetric signatures, whatever the tenant is told to make. */
function expectedAlgorithms({ signing_alg: algorithm }: Api): string[] {
  return [algorithm === 'HS256' ? 'RS256' : algorithm];
}
