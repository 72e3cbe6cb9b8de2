import { fetchList, itemPath, type ClientGrant } from './management.ts';
import { request } from './request.ts';
import { invalidate } from './use-query.ts';

/** Whose grant it is, and for what. */
export type GrantKey = Pick<ClientGrant, 'client_id' | 'audience' | 'subject_type'>;

/** What a grant allows. */
export type GrantDetails = Omit<ClientGrant, keyof GrantKey | 'id'>;

const path = '/v2/client-grants';
let last: Promise<unknown> = Promise.resolve();

/**
 * Makes a grant what it is wanted to be, whatever the tenant has now: creates, changes or deletes it. One follows the
 * other, so that of two quick changes the later one stays.
 *
 * @param details - Nothing: there is to be no grant.
 */
export function saveGrant(key: GrantKey, details: GrantDetails | undefined): Promise<void> {
  const saved = last.then(() => sendGrant(key, details));
  last = saved.catch(() => {});
  return saved;
}

async function sendGrant(key: GrantKey, details: GrantDetails | undefined): Promise<void> {
  const [current] = await fetchList(path, { ...key });
  if (details === undefined) {
    if (current !== undefined) await request('DELETE', itemPath(path, current.id));
  } else if (current === undefined) await request('POST', path, { ...key, ...details });
  else await request('PATCH', itemPath(path, current.id), details);
  await invalidate(path);
}
