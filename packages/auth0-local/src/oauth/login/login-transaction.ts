import { createHash } from 'node:crypto';
import { isSameSecret } from '../../is-same-secret.js';
import { createArtifact, deleteArtifact, readArtifact, updateArtifact } from '../../tenant/artifacts.js';
import { randomSecret } from '../../tenant/ids.js';
import { readCookie, writeCookie } from './cookies.js';
import type { Exchange } from '../browser/exchange.js';
import type { LoginTransactionData } from '../flow-data.js';
import { invalidRequest } from '../refusals.js';
import type { Session } from './session.js';

/** The way of a user through the pages of one request. Its secret is in their addresses and forms. */
export interface LoginTransaction extends LoginTransactionData {
  readonly secret: string;
  readonly clientId: string;
}

const lifetimeSeconds = 60 * 60;
const browserLifetimeSeconds = 24 * 60 * 60;

/** Begins a transaction that only this browser can go on with. */
export function beginTransaction(
  exchange: Exchange,
  clientId: string,
  purpose: LoginTransactionData['purpose'],
): LoginTransaction {
  const data = { browser: digest(knowBrowser(exchange)), purpose };
  const secret = createArtifact<LoginTransactionData>(exchange.site.tenant, 'login', {
    lifetimeSeconds,
    client_id: clientId,
    data,
  });
  return { ...data, secret, clientId };
}

/**
 * Finds the transaction that a page or a form of this browser belongs to.
 *
 * @throws OAuthError: it is over, or another browser's, as a form is that another site made (RFC 9700 section 4.7).
 */
export function findTransaction(exchange: Exchange, secret: string | undefined): LoginTransaction {
  const browser = readCookie(exchange, 'browser');
  const artifact =
    secret === undefined
      ? undefined
      : readArtifact<LoginTransactionData>(exchange.site.tenant, 'login', secret);
  const { client_id: clientId, data } = artifact ?? {};
  if (
    secret === undefined ||
    clientId === undefined ||
    data === undefined ||
    browser === undefined ||
    !isSameSecret(digest(browser), data.browser)
  ) {
    throw invalidRequest(
      'This page has expired, was used already, or belongs to another browser. Go back to the application and start again.',
    );
  }
  return { ...data, secret, clientId };
}

/** Notes the session in which a transaction goes on. */
export function noteLogin({ site }: Exchange, { secret }: LoginTransaction, { sid }: Session): void {
  const artifact = readArtifact<LoginTransactionData>(site.tenant, 'login', secret);
  if (artifact === undefined) return;
  updateArtifact(site.tenant, secret, { ...artifact, data: { ...artifact.data, sid } });
}

/** Ends a transaction: its pages lead nowhere any more. */
export function endTransaction({ site }: Exchange, { secret }: Pick<LoginTransaction, 'secret'>): void {
  deleteArtifact(site.tenant, 'login', secret);
}

/** What tells this browser from others, also before anybody has logged in. */
function knowBrowser(exchange: Exchange): string {
  const value = readCookie(exchange, 'browser') ?? randomSecret(32);
  writeCookie(exchange, 'browser', { value, maxAgeSeconds: browserLifetimeSeconds });
  return value;
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}
