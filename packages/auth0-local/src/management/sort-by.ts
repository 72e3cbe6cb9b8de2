import * as v from 'valibot';

/** `field:1` for ascending, `field:-1` for descending. */
export const sortQuery = {
  sort: v.exactOptional(v.pipe(v.string(), v.regex(/^[\w.]+:-?1$/, 'Expected field:1 or field:-1'))),
};

/** A list in the order that a query asks for; items without the member come first. */
export function sortBy<Item extends object>(
  items: readonly Item[],
  sort: string | undefined,
): readonly Item[] {
  if (sort === undefined) return items;
  const [name = '', direction] = sort.split(':');
  return items.toSorted((a, b) => compare(readMember(a, name), readMember(b, name)) * Number(direction));
}

function readMember(item: object, name: string): string | number {
  const value: unknown = Object.hasOwn(item, name) ? (item as Record<string, unknown>)[name] : undefined;
  if (typeof value === 'number') return value;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : Number(String(a) > String(b));
}
