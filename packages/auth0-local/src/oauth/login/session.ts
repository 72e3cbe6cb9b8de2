import { createArtifact, deleteArtifact, readArtifact } from '../../tenant/artifacts.js';
import { randomSecret } from '../../tenant/ids.js';
import { nowSeconds } from '../../tenant/tenant.js';
import { recordLogin, type User } from '../../tenant/users.js';
import { readCookie, writeCookie } from './cookies.js';
import type { Exchange } from '../browser/exchange.js';
import type { SessionData } from '../flow-data.js';

/** Who is logged in in a browser, and since when. */
export interface Session extends SessionData {
  readonly user: User;
}

const lifetimeSeconds = 7 * 24 * 60 * 60;

/** The session of a browser. A user who is gone or blocked has none. */
export function readSession(exchange: Exchange): Session | undefined {
  const { tenant } = exchange.site;
  const secret = readCookie(exchange, 'session');
  const artifact = secret === undefined ? undefined : readArtifact<SessionData>(tenant, 'session', secret);
  const user = artifact?.user_id === undefined ? undefined : tenant.store.users.get(artifact.user_id);
  if (artifact === undefined || user === undefined || user.blocked === true) return undefined;
  return { ...artifact.data, user };
}

/** Logs a user in: always under a new secret, so that nobody knows it from before. */
export function startSession(exchange: Exchange, user: User): Session {
  const { tenant } = exchange.site;
  deleteSession(exchange);
  const data: SessionData = { auth_time: nowSeconds(tenant), sid: randomSecret(24) };
  const value = createArtifact<SessionData>(tenant, 'session', {
    lifetimeSeconds,
    user_id: user.user_id,
    data,
  });
  writeCookie(exchange, 'session', { value, maxAgeSeconds: lifetimeSeconds });
  recordLogin(tenant, user.user_id, exchange.req.ip);
  return { ...data, user };
}

/** Logs out whoever is logged in. */
export function endSession(exchange: Exchange): void {
  deleteSession(exchange);
  writeCookie(exchange, 'session');
}

function deleteSession(exchange: Exchange): void {
  const secret = readCookie(exchange, 'session');
  if (secret !== undefined) deleteArtifact(exchange.site.tenant, 'session', secret);
}
