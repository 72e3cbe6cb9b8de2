import type { Request, Response, Router } from 'express';
import * as v from 'valibot';
import type { LogInput } from '../log/tenant-log.js';
import { readJsonBody } from '../management/read-json-body.js';
import { fixUnknownClient } from '../oauth/fixes.js';
import { OAuthError } from '../oauth/oauth-error.js';
import { respondOAuthError } from '../oauth/respond-oauth-error.js';
import type { IssuedTokens } from '../oauth/token/issue-user-tokens.js';
import type { Site } from '../site.js';
import type { Application } from '../tenant/applications.js';
import { strictObject } from '../tenant/object-schemas.js';
import { readBody } from '../tenant/read-body.js';
import type { Tenant } from '../tenant/tenant.js';
import { asApplication, asUser, type Impersonation } from './impersonations.js';

const requestSchema = strictObject({
  client_id: v.string(),
  audience: v.string(),
  scope: v.exactOptional(v.string()),
  user_id: v.exactOptional(v.string()),
});

/**
 * `POST /test-token`: the token of the Test tab. The owner of the tenant takes it as an application or, with a `user_id`,
 * as one of its users, and needs nobody's secret or password. All other rules are those of the token endpoint; what they
 * say about a refusal or about scopes that are missing stands in the answer, with the command that changes it and the id
 * of the event in the log.
 */
export function serveTestToken(router: Router, site: Site): void {
  const { tenant } = site;
  router.post('/test-token', ...readJsonBody, issueTestToken);
  router.use('/test-token', respondOAuthError(site, true));

  async function issueTestToken(req: Request, res: Response): Promise<void> {
    const { client_id: clientId, user_id: userId, ...access } = readBody(requestSchema, req.body);
    const impersonation = userId === undefined ? asApplication : asUser(userId);
    const { ip } = req;
    let about: Partial<LogInput> = { type: impersonation.log.failed, client_id: clientId };
    try {
      const application = getTestApplication(tenant, clientId);
      about = { ...about, client_name: application.name };
      const { tokens, log } = await impersonation.issue(site, application, { ...access, ip });
      const { log_id: logId } = tenant.log.write({
        ...about,
        ...describeSuccess(impersonation, log),
        ...(ip !== undefined && { ip }),
      });
      res.json({ ...tokens, ...readNote(log), log_id: logId });
    } catch (error) {
      throw error instanceof OAuthError
        ? error.about({ ...about, description: `Test tab: ${error.message}` })
        : error;
    }
  }
}

function getTestApplication({ store }: Tenant, clientId: string): Application {
  const application = store.applications.get(clientId);
  if (application !== undefined) return application;
  throw new OAuthError({
    statusCode: 403,
    error: 'access_denied',
    description: `There is no application with the client_id ${clientId}.`,
    log: { fix: fixUnknownClient() },
  });
}

function describeSuccess(
  { log: { succeeded, description } }: Impersonation,
  issued: IssuedTokens['log'],
): LogInput {
  return { ...issued, type: succeeded, description: `Test tab: ${issued.description ?? description}` };
}

/** Why scopes are missing, if there are. */
function readNote({ description, fix }: IssuedTokens['log']): object {
  return description === undefined ? {} : { note: { description, ...(fix !== undefined && { fix }) } };
}
