/** Which members are wanted. */
export interface FieldsQuery {
  readonly fields?: string;
  readonly include_fields?: boolean;
}

/** The names a query lists; a name with a dot is that of a member's member. */
export function fieldNames({ fields = '' }: FieldsQuery): string[] {
  return fields.split(',').filter((name) => name !== '');
}

/** Only the members that are wanted, or all but those that are not. */
export function selectFields(item: object, query: FieldsQuery): object {
  const names = fieldNames(query);
  if (names.length === 0) return item;
  return query.include_fields === false ? omit(item, names) : pick(item, names);
}

function pick(item: object, names: readonly string[]): object {
  const entries = Object.entries(item).flatMap(([name, value]): [string, unknown][] => {
    if (names.includes(name)) return [[name, value]];
    const inner = namesWithin(name, names);
    return inner.length > 0 && isObject(value) ? [[name, pick(value, inner)]] : [];
  });
  return Object.fromEntries(entries);
}

function omit(item: object, names: readonly string[]): object {
  const entries = Object.entries(item)
    .filter(([name]) => !names.includes(name))
    .map(([name, value]): [string, unknown] => {
      const inner = namesWithin(name, names);
      return [name, inner.length > 0 && isObject(value) ? omit(value, inner) : value];
    });
  return Object.fromEntries(entries);
}

function namesWithin(name: string, names: readonly string[]): string[] {
  return names.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
