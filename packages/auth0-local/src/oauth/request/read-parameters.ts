/** What came in a query or a form, by name. */
export interface Parameters {
  readonly values: ReadonlyMap<string, string>;
  /** Names that came more than once, or with more than anybody needs. */
  readonly unusable: ReadonlySet<string>;
}

/** As long as a header with all its fields may be: an access token in the largest can be exchanged. */
const longestValue = 16_384;

/** Reads parameters by RFC 6749 section 3.1: one without a value counts as left out, and none may come twice. */
export function readParameters(source: unknown): Parameters {
  const values = new Map<string, string>();
  const unusable = new Set<string>();
  for (const [name, value] of Object.entries(source ?? {})) {
    if (typeof value !== 'string' || value.length > longestValue) unusable.add(name);
    else if (value !== '') values.set(name, value);
  }
  return { values, unusable };
}
