import type { Filter, Part, Range } from '../store/collection.js';
import { invalidQuery } from './read-query.js';

/** Which page is wanted. */
export interface PageQuery {
  readonly page?: number;
  readonly per_page?: number;
  readonly include_totals?: boolean;
}

/** A page with totals, under the name of the list. */
export type Page<Name extends string, Item> = {
  readonly start: number;
  readonly limit: number;
  readonly total: number;
} & { readonly [Key in Name]: readonly Item[] };

/** A list in the store, of which no more is read than the page that is wanted. */
export interface StoredItems<Item> {
  count(): number;
  read(range: Range): readonly Item[];
}

/** The documents of a collection that a filter fits, as they are shown. */
export function storedItems<Document, Column extends string, Item>(
  list: StoredList<Document, Column>,
  filter: Filter<Column>,
  show: (document: Document) => Item,
): StoredItems<Item> {
  return {
    count: () => list.count(filter),
    read: (range) => list.list(filter, range).map(show),
  };
}

interface StoredList<Document, Column extends string> {
  count(filter: Filter<Column>): number;
  list(filter: Filter<Column>, range: Range): Document[];
}

/** The page of a list that is wanted: alone, or in an object with totals. */
export function listPage<Name extends string, Item>(
  name: Name,
  items: readonly Item[] | StoredItems<Item>,
  { page = 0, per_page: limit = 50, include_totals: hasTotals = false }: PageQuery,
): readonly Item[] | Page<Name, Item> {
  const start = page * limit;
  const shown = 'read' in items ? items.read({ offset: start, limit }) : items.slice(start, start + limit);
  if (!hasTotals) return shown;
  const total = 'read' in items ? items.count() : items.length;
  return { start, limit, total, [name]: shown } as unknown as Page<Name, Item>;
}

/** Where a list goes on. */
export interface CheckpointQuery {
  readonly from?: string;
  readonly take?: number;
}

/** Whether the list is wanted part by part, each going on where another ended. */
export function isCheckpoint({ from, take }: CheckpointQuery): boolean {
  return from !== undefined || take !== undefined;
}

/** A list that can be continued. */
interface ContinuedList<Document, Column extends string> {
  listAfter(filter: Filter<Column>, position: number, limit: number): Part<Document>;
}

/**
 * A part of a list, and as `next` what `from` must be for the part behind it.
 *
 * @throws TenantError: `from` is none of ours.
 */
export function listPart<Document, Column extends string>(
  list: ContinuedList<Document, Column>,
  filter: Filter<Column>,
  { from, take = 50 }: CheckpointQuery,
): { readonly documents: Document[]; readonly next?: string } {
  const { documents, next } = list.listAfter(filter, from === undefined ? 0 : readPosition(from), take);
  if (next === undefined) return { documents };
  return { documents, next: Buffer.from(`after:${next}`).toString('base64url') };
}

function readPosition(from: string): number {
  const [, position] = /^after:(\d{1,15})$/.exec(Buffer.from(from, 'base64url').toString()) ?? [];
  if (position === undefined) throw invalidQuery(`'No checkpoint of this list' on property from`);
  return Number(position);
}
