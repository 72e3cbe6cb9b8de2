import * as v from 'valibot';

/** An object with these members and no others. A list is none, though its type in JavaScript says so. */
export function strictObject<const Entries extends v.ObjectEntries>(entries: Entries) {
  const schema = v.strictObject(entries);
  return v.pipe(v.custom<v.InferInput<typeof schema>>(isPlainObject), schema);
}

/** An object with these members, and whatever else. */
export function looseObject<const Entries extends v.ObjectEntries>(entries: Entries) {
  const schema = v.looseObject(entries);
  return v.pipe(v.custom<v.InferInput<typeof schema>>(isPlainObject), schema);
}

/** An object of members of one kind, whatever their names. */
export function record<Value extends v.GenericSchema>(value: Value) {
  const schema = v.record(v.string(), value);
  return v.pipe(v.custom<v.InferInput<typeof schema>>(isPlainObject), schema);
}

/** An object of whatever there is, as it was sent. The other schemas drop members like `constructor`. */
export const anyObject = v.custom<Record<string, unknown>>(isPlainObject);

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
