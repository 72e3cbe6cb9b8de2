/** Members that could pollute a prototype once somebody copies them. */
export const unsafeMembers: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** What a handler gets to see of claims: everything but unsafe members, at any depth. */
export function parseSafe(json: string): unknown {
  return JSON.parse(json, function (this: object, name, value: unknown) {
    return unsafeMembers.includes(name) && !Array.isArray(this) ? undefined : value;
  });
}

/** Every object and list inside a value, itself included. */
export function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}
