import { isNested, type JsonObject } from './read-json-object.js';

/** Members that would change what an object inherits once somebody copies them onto another object. */
const unsafeMembers: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A deep copy of claims, for one request to do with as it likes, without members that could pollute a prototype. */
export function cloneClaims(claims: JsonObject): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...claims };
  for (const name of Object.keys(copy)) {
    const value = copy[name];
    if (isUnsafe(name)) Reflect.deleteProperty(copy, name);
    else if (isNested(value)) copy[name] = cloneNested(value);
  }
  return copy;
}

/** The same for claims that nobody else holds: there is nothing to copy where no such member is in them. */
export function takeClaims(claims: JsonObject): Record<string, unknown> {
  return hasUnsafeMember(claims) ? cloneClaims(claims) : claims;
}

function cloneNested(value: object): unknown {
  return Array.isArray(value) ? value.map(cloneItem) : cloneClaims(value as JsonObject);
}

function cloneItem(item: unknown): unknown {
  return isNested(item) ? cloneNested(item) : item;
}

function hasUnsafeMember(object: JsonObject): boolean {
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (isUnsafe(name) || (isNested(value) && holdsUnsafeMember(value))) return true;
  }
  return false;
}

function holdsUnsafeMember(value: object): boolean {
  if (!Array.isArray(value)) return hasUnsafeMember(value as JsonObject);
  return value.some((item) => isNested(item) && holdsUnsafeMember(item));
}

/** Their lengths come first: nearly no name of a claim has one of them. */
function isUnsafe(name: string): boolean {
  return (name.length === 9 || name.length === 11) && unsafeMembers.has(name);
}
