import type { SubjectType } from '../../../../src/tenant/client-grants.ts';
import { itemPath, type Api, type Application, type ClientGrant } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { invalidate, setData } from '../../../api/use-query.ts';
import { notify } from '../../../components/notices.tsx';

/** What a grant allows. */
export type GrantedScopes = Pick<ClientGrant, 'scope' | 'allow_all_scopes'>;
type Grants = readonly ClientGrant[];

const path = '/v2/client-grants';

/** Where the grants for an API are kept in this page. */
const keyOf = (audience: string): string => `${path}?${new URLSearchParams({ audience }).toString()}`;

/** Lets an application have tokens of an API: without a scope, these are chosen next. It is shown at once. */
export function authorise(application: Application, api: Api, subjectType: SubjectType): Promise<void> {
  return addGrant({
    id: '',
    client_id: application.client_id,
    audience: api.identifier,
    subject_type: subjectType,
    scope: [],
  }).catch(sayWhy);
}

/** Takes a grant away; what it allowed can be brought back. It is shown at once. */
export function withdraw(grant: ClientGrant, name: string): Promise<void> {
  return writeAtOnce(
    grant.audience,
    (grants) => grants.filter((other) => !isSameGrant(other, grant)),
    async () => {
      await request('DELETE', itemPath(path, grant.id));
      notify(`${name} is no longer authorised.`, () => addGrant(grant));
    },
  ).catch(sayWhy);
}

/** Changes what a grant allows; it is shown at once. */
export function changeGrant(
  grant: ClientGrant,
  change: (allowed: GrantedScopes) => GrantedScopes,
): Promise<void> {
  return writeAtOnce(
    grant.audience,
    (grants) => grants.map((other) => (isSameGrant(other, grant) ? { ...other, ...change(other) } : other)),
    async () => {
      // The Management API takes the whole list: what somebody else has changed meanwhile stays so.
      const current = await request<ClientGrant>('GET', itemPath(path, grant.id));
      await request('PATCH', itemPath(path, grant.id), change(current));
    },
  ).catch(sayWhy);
}

function addGrant({ id: _, ...body }: ClientGrant): Promise<void> {
  return writeAtOnce(
    body.audience,
    (grants) => [...grants, { ...body, id: '' }],
    () => request('POST', path, body),
  );
}

function sayWhy(error: Error): void {
  notify(error.message);
}

function isSameGrant(one: ClientGrant, other: ClientGrant): boolean {
  return one.client_id === other.client_id && one.subject_type === other.subject_type;
}

let lastWrite: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * Shows a change, and then writes it: one after the other, so that of two quick ones the second is not lost. What does
 * not work is shown no longer.
 */
async function writeAtOnce(
  audience: string,
  change: (grants: Grants) => Grants,
  write: () => Promise<unknown>,
): Promise<void> {
  let before: Grants = [];
  setData<Grants>(keyOf(audience), (grants) => {
    before = grants;
    return change(grants);
  });
  waiting += 1;
  const turn = lastWrite.then(write);
  lastWrite = turn.catch(() => {});
  try {
    await turn;
  } catch (error) {
    setData<Grants>(keyOf(audience), () => before);
    throw error;
  } finally {
    waiting -= 1;
    // With more on its way, the tenant would say less than what is shown.
    if (waiting === 0) await invalidate(path);
  }
}
