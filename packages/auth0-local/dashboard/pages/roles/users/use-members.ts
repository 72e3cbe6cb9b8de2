import { itemPath, type ShownUser } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { useQuery, type Query } from '../../../api/use-query.ts';

/** A user as a role shows it. */
export type Member = Pick<ShownUser, 'user_id' | 'email' | 'name'>;

/** A page of the users who have a role, and how many there are. */
export interface MemberPage {
  readonly users: readonly Member[];
  readonly total: number;
}

/** The users who have a role. */
export function useMembers(
  roleId: string,
  part: { readonly page: number; readonly size: number },
): Query<MemberPage> {
  const path = membersPath(roleId, part);
  return useQuery(path, () => request<MemberPage>('GET', path));
}

/** Where a page of the users who have a role is. */
export function membersPath(
  roleId: string,
  { page, size }: { readonly page: number; readonly size: number },
): string {
  return `${itemPath('/v2/roles', roleId)}/users?page=${page}&per_page=${size}&include_totals=true`;
}
