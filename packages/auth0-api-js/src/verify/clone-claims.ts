import type { JsonObject } from './read-json-object.js';

/** Members that would change what an object inherits once somebody copies them onto another object. */
const unsafeMembers: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A deep copy of claims, for one request to do with as it likes, without members that could pollute a prototype. */
export function cloneClaims(claims: JsonObject): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(claims)) {
    if (!unsafeMembers.has(name)) copy[name] = cloneValue(claims[name]);
  }
  return copy;
}

function cloneValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map(cloneValue) : cloneClaims(value as JsonObject);
}
