/** Finds a member of a table, or says which there are. */
export function findByName<T>(table: Readonly<Record<string, T>>, name: string, what: string): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found !== undefined) return found;
  throw new TypeError(`There is no ${what} '${name}'. There are ${Object.keys(table).join(', ')}.`);
}
