import type { Api } from '../../src/tenant/apis.ts';
import type { Application } from '../../src/tenant/applications.ts';
import type { ClientGrant } from '../../src/tenant/client-grants.ts';
import type { Role } from '../../src/tenant/roles.ts';
import type { User } from '../../src/tenant/users.ts';
import { request } from './request.ts';
import { useQuery, type Query } from './use-query.ts';

export type { Api, Application, ClientGrant, Role };
/** A user as the Management API shows it. */
export type ShownUser = Omit<User, 'password_hash'>;

/** The longest page that the Management API gives. */
const pageSize = 100;

/** The lists of the Management API, and what each calls its items. */
const lists = {
  '/v2/resource-servers': 'resource_servers',
  '/v2/clients': 'clients',
  '/v2/client-grants': 'client_grants',
  '/v2/roles': 'roles',
} as const;
export type ListPath = keyof typeof lists;

interface ListItems {
  '/v2/resource-servers': Api;
  '/v2/clients': Application;
  '/v2/client-grants': ClientGrant;
  '/v2/roles': Role;
}

type Page<Item> = { readonly total: number } & { readonly [name: string]: readonly Item[] | number };

/** One thing of the tenant, by its path below `/dashboard/api`. Nothing is asked without a path. */
export function useOne<Item>(path: string | undefined): Query<Item> {
  return useQuery<Item>(path, () => request<Item>('GET', path ?? ''));
}

/** A whole list, all of its pages. */
export function useList<Path extends ListPath>(
  path: Path,
  filter: Readonly<Record<string, string>> = {},
): Query<readonly ListItems[Path][]> {
  const query = new URLSearchParams(filter).toString();
  return useQuery(`${path}?${query}`, () => fetchList(path, filter));
}

/** A whole list that belongs to one thing, like the roles of a user: its path, and what it calls its items. */
export function useItems<Item>(path: string, name: string): Query<readonly Item[]> {
  return useQuery(path, () => fetchItems<Item>(path, name));
}

/** Fetches a whole list of the tenant. */
export async function fetchList<Path extends ListPath>(
  path: Path,
  filter: Readonly<Record<string, string>> = {},
): Promise<readonly ListItems[Path][]> {
  return fetchItems<ListItems[Path]>(path, lists[path], filter);
}

/** Fetches all pages of a list: the first says how many there are. */
async function fetchItems<Item>(
  path: string,
  name: string,
  filter: Readonly<Record<string, string>> = {},
): Promise<readonly Item[]> {
  const fetchPage = async (page: number): Promise<{ total: number; items: readonly Item[] }> => {
    const query = new URLSearchParams({
      ...filter,
      page: String(page),
      per_page: String(pageSize),
      include_totals: 'true',
    });
    const answer = await request<Page<Item>>('GET', `${path}?${query.toString()}`);
    return { total: answer.total, items: answer[name] as readonly Item[] };
  };
  const first = await fetchPage(0);
  const further = Array.from({ length: Math.max(0, Math.ceil(first.total / pageSize) - 1) }, (_, index) =>
    fetchPage(index + 1),
  );
  return [first, ...(await Promise.all(further))].flatMap(({ items }) => items);
}

/** The path of one item, whatever its id is made of. */
export function itemPath(list: string, id: string): string {
  return `${list}/${encodeURIComponent(id)}`;
}
