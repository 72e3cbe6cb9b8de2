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
  const [issue] = result.issues;
  throw invalid(`Payload validation error: '${describeIssue(issue)}'${describePlace(issue)}.`);
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const { type, kind, received } = issue;
  const last = issue.path?.at(-1);
  const key = typeof last?.key === 'string' ? last.key : '';
  if (type === 'strict_object' && issue.expected === 'never')
    return `Additional properties not allowed: ${key}`;
  if (last?.type === 'object' && received === 'undefined') return `Missing required property: ${key}`;
  if (kind === 'schema' && (type === 'picklist' || type === 'literal')) {
    return `No enum match for: ${JSON.stringify(issue.input)}`;
  }
  if (kind === 'schema') return `Expected type ${typeName(issue)} but found type ${foundType(issue.input)}`;
  const requirement = Number(issue.requirement);
  switch (type) {
    case 'min_length':
      return Array.isArray(issue.input)
        ? `Too few items, minimum ${requirement}`
        : `String is too short (${String(issue.input).length} chars), minimum ${requirement}`;
    case 'max_length':
      return Array.isArray(issue.input)
        ? `Too many items, maximum ${requirement}`
        : `String is too long (${String(issue.input).length} chars), maximum ${requirement}`;
    case 'min_value':
      return `Value ${String(issue.input)} is less than minimum ${requirement}`;
    case 'max_value':
      return `Value ${String(issue.input)} is greater than maximum ${requirement}`;
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

function typeName({ type, expected }: v.BaseIssue<unknown>): string {
  if (type === 'strict_object' || type === 'object' || type === 'record' || type === 'loose_object')
    return 'object';
  if (type === 'union' || type === 'variant') return expected ?? 'another type';
  return type;
}

function foundType(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'array';
  return typeof input === 'number' && Number.isInteger(input) ? 'integer' : typeof input;
}
