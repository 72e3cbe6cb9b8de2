import type { ShownUser } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { useQuery, type Query } from '../../../api/use-query.ts';

/** Users that fit a filter, and how many there are. */
export interface FoundUsers {
  readonly users: readonly ShownUser[];
  readonly total: number;
}

/** How many users are shown; more are found by typing. */
export const mostUsers = 20;

/** Looks for users by any part of their email address or name. Nothing is asked without a filter. */
export function useUsers(filter: string | undefined): Query<FoundUsers> {
  const path = filter === undefined ? undefined : `/v2/users?${searchFor(filter)}`;
  return useQuery(path, () => request<FoundUsers>('GET', path ?? ''));
}

function searchFor(filter: string): string {
  // What means something in a query stands for any character.
  const words = filter.trim().replaceAll(/[^\p{L}\p{N}@._+-]+/gu, '*');
  return new URLSearchParams({
    ...(words !== '' && { q: `*${words}*` }),
    per_page: String(mostUsers),
    include_totals: 'true',
  }).toString();
}
