import * as v from 'valibot';
import { strictObject } from '../tenant/object-schemas.js';
import { describeProblem } from '../tenant/read-body.js';
import { invalid, type TenantError } from '../tenant/tenant-error.js';

/** The parameters of a query, and no others. */
export type QuerySchema = v.GenericSchema<unknown, object>;

const noParameters = strictObject({});

/**
 * Reads the query of a request.
 *
 * @throws TenantError `invalid_query_string`
 */
export function readQuery<Schema extends QuerySchema>(
  schema: Schema | undefined,
  query: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema ?? noParameters, query, { abortEarly: true });
  if (result.success) return result.output;
  throw invalidQuery(describeProblem(result.issues[0]));
}

/** Stops what is wrong in a query. */
export function invalidQuery(problem: string): TenantError {
  return invalid(`Query validation error: ${problem}.`, 'invalid_query_string');
}

/** A whole number; parameters arrive as text. */
function integer(least: number, most: number = Number.MAX_SAFE_INTEGER) {
  return v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^-?\d{1,15}$/, 'Expected type integer but found type string'),
      v.transform(Number),
      v.minValue(least),
      v.maxValue(most),
    ),
  );
}

export const flag = v.exactOptional(
  v.pipe(
    v.string(),
    v.regex(/^(true|false)$/, 'Expected type boolean but found type string'),
    v.transform((text) => text === 'true'),
  ),
);

export const text = v.exactOptional(v.string());

/** A parameter that can be there several times. */
export const texts = v.exactOptional(
  v.pipe(
    v.union([v.string(), v.array(v.string())]),
    v.transform((given) => [given].flat()),
    v.maxLength(10),
  ),
);

/** Which members of the items are wanted. */
export const fieldsQuery = {
  fields: v.exactOptional(
    v.pipe(v.string(), v.regex(/^([\w.]+(,[\w.]+)*)?$/, 'Expected names with commas between them')),
  ),
  include_fields: flag,
};

/** Which page of a list is wanted, and whether with totals. */
export const pageQuery = { page: integer(0), per_page: integer(0, 100), include_totals: flag };

/** Where a list goes on. */
export const checkpointQuery = { from: text, take: integer(1, 100) };
