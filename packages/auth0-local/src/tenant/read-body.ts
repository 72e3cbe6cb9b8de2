import * as v from 'valibot';
import { invalid } from './tenant-error.js';

/**
 * Reads what a caller sent by a schema.
 *
 * @throws TenantError `invalid_body`: the message names what is wrong and where, in the words the real tenant uses.
 */
export function readBody<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, body ?? {}, { abortEarly: true });
  if (result.success) return result.output;
  throw invalid(`Payload validation error: ${describeProblem(result.issues[0])}.`);
}

/** What is wrong, and where: `'Missing required property: value' on property scopes[8]`. */
export function describeProblem(issue: v.BaseIssue<unknown>): string {
  return `'${describeIssue(issue)}'${describePlace(issue)}`;
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const { type, kind, received } = issue;
  const last = issue.path?.at(-1);
  const key = shorten(last?.key);
  if (type === 'strict_object' && issue.expected === 'never')
    return `Additional properties not allowed: ${key}`;
  if (last?.type === 'object' && received === 'undefined') return `Missing required property: ${key}`;
  const isOneOf = type === 'picklist' || type === 'literal';
  if (isOneOf && typeof issue.input === 'string') return `No enum match for: ${shorten(issue.input)}`;
  if (kind === 'schema') return `Expected type ${typeName(issue)} but found type ${foundType(issue.input)}`;
  const requirement = Number(issue.requirement);
  switch (type) {
    case 'min_length':
      return Array.isArray(issue.input)
        ? `Array is too short (${issue.input.length}), minimum ${requirement}`
        : `String is too short (${String(issue.input).length} chars), minimum ${requirement}`;
    case 'max_length':
      return Array.isArray(issue.input)
        ? `Array is too long (${issue.input.length}), maximum ${requirement}`
        : `String is too long (${String(issue.input).length} chars), maximum ${requirement}`;
    case 'min_value':
      return `Value ${shorten(issue.input)} is less than minimum ${requirement}`;
    case 'max_value':
      return `Value ${shorten(issue.input)} is greater than maximum ${requirement}`;
    case 'email':
    case 'iso_timestamp':
      return `Object didn't pass validation for format ${type === 'email' ? type : 'date-time'}: ${shorten(issue.input)}`;
    default:
      return issue.message;
  }
}

/** The path of the property; for a missing or superfluous one, of the object it is about. */
function describePlace(issue: v.BaseIssue<unknown>): string {
  const path = issue.path ?? [];
  const isAboutKey =
    (issue.type === 'strict_object' && issue.expected === 'never') ||
    (path.at(-1)?.type === 'object' && issue.received === 'undefined');
  const names = (isAboutKey ? path.slice(0, -1) : path).map(({ key }, index) =>
    typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`,
  );
  return names.length === 0 ? '' : ` on property ${names.join('')}`;
}

function typeName({ type }: v.BaseIssue<unknown>): string {
  switch (type) {
    case 'picklist':
    case 'literal':
      return 'string';
    case 'strict_object':
    case 'custom':
      // A custom schema is that of an object: see object-schemas.ts.
      return 'object';
    default:
      return type;
  }
}

/** What a caller sent can be a megabyte. */
function shorten(value: unknown): string {
  return String(value).slice(0, 200);
}

function foundType(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'array';
  return typeof input === 'number' && Number.isInteger(input) ? 'integer' : typeof input;
}
