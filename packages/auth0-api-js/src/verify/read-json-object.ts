import { isUtf8 } from 'node:buffer';

/** A JSON object as it was parsed: look its members up with `Object.hasOwn`. */
export type JsonObject = Readonly<Record<string, unknown>>;

const deepest = 32;

/**
 * Reads a JSON object strictly: valid UTF-8 without a byte order mark, no member named twice at any depth (RFC 7515
 * section 4, RFC 7519 section 4), no nesting beyond 32. Anything else answers nothing.
 */
export function readJsonObject(bytes: Buffer): JsonObject | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  const value = parse(text);
  if (!isJsonObject(value)) return undefined;
  return countMembers(value, deepest) === countColons(text) ? value : undefined;
}

/** Tells whether a parsed JSON value is an object: not null and not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of an object's own. JSON may name one `toString`, or lack one that every object inherits. */
export function memberOf(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Members of all objects inside; not a number if the value is nested too deep. */
function countMembers(value: object, depth: number): number {
  if (depth === 0) return Number.NaN;
  return Array.isArray(value) ? countInList(value, depth) : countInObject(value as JsonObject, depth);
}

function countInList(items: readonly unknown[], depth: number): number {
  let count = 0;
  for (const item of items) if (isNested(item)) count += countMembers(item, depth - 1);
  return count;
}

function countInObject(object: JsonObject, depth: number): number {
  const names = Object.keys(object);
  let count = names.length;
  for (const name of names) {
    const member = object[name];
    if (isNested(member)) count += countMembers(member, depth - 1);
  }
  return count;
}

/** Tells whether a parsed JSON value is an object or a list. */
export function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;

/** Colons outside of strings. Valid JSON has one for each member that was written, also for one that was replaced. */
function countColons(json: string): number {
  let count = 0;
  for (let index = 0; index < json.length; index++) {
    const character = json.charCodeAt(index);
    if (character === colon) count++;
    else if (character === quote) index = endOfString(json, index);
  }
  return count;
}

function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end === -1 ? json.length : end;
}

/** Whether what stands there has an odd number of backslashes before it. */
function isEscaped(json: string, at: number): boolean {
  let start = at;
  while (json.charCodeAt(start - 1) === backslash) start--;
  return (at - start) % 2 === 1;
}
