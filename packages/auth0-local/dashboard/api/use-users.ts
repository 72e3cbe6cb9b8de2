import type { ShownUser } from './management.ts';
import { request } from './request.ts';
import { useQuery, type Query } from './use-query.ts';

/** Users that fit what is looked for, and how many there are. */
export interface FoundUsers {
  readonly users: readonly ShownUser[];
  readonly total: number;
}

/**
 * Looks for users by any part of their email address, name or id; several words must all be found. Nothing is asked
 * without a text, and an empty one finds everybody.
 */
export function useUsers(text: string | undefined, { page = 0, size = 20 } = {}): Query<FoundUsers> {
  const path = text === undefined ? undefined : `/v2/users?${searchFor(text, page, size)}`;
  return useQuery(path, () => request<FoundUsers>('GET', path ?? ''));
}

function searchFor(text: string, page: number, size: number): string {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return new URLSearchParams({
    ...(words.length > 0 && { q: words.map(toPattern).join(' ') }),
    page: String(page),
    per_page: String(size),
    include_totals: 'true',
  }).toString();
}

/** What means something in a query stands for any characters. */
function toPattern(word: string): string {
  return `*${word.replaceAll(/[^\p{L}\p{N}@._|+-]+/gu, '*')}*`;
}
