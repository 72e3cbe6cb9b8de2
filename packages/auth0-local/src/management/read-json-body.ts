import { json, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { invalid } from '../tenant/tenant-error.js';
import { ManagementError } from './management-error.js';

/** SQLite reads JSON of a thousand levels, and nobody means more than a few. */
const deepest = 100;

/** Reads a body in JSON, up to a megabyte, with nothing in it that could not be stored as it is. */
export const readJsonBody: readonly RequestHandler[] = [
  checkMediaType,
  // What is in a body is for the endpoint to judge: clients send `null` where there is nothing to say.
  json({ limit: '1mb', strict: false, type: () => true }),
  checkJson,
];

function checkMediaType(req: Request, _res: Response, next: NextFunction): void {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length']) > 0;
  const mediaType = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (hasBody && mediaType !== undefined && mediaType !== 'application/json') {
    throw new ManagementError({
      statusCode: 415,
      message: 'Unsupported Media Type. Send JSON, with Content-Type: application/json',
    });
  }
  next();
}

function checkJson(req: Request, _res: Response, next: NextFunction): void {
  checkValue(req.body, 0);
  next();
}

function checkValue(value: unknown, depth: number): void {
  if (depth > deepest) throw invalid(`Payload validation error: 'More than ${deepest} levels deep'.`);
  if (typeof value === 'string') checkText(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    // It would become the prototype of whatever it is copied to.
    if (name === '__proto__')
      throw invalid("Payload validation error: 'Additional properties not allowed: __proto__'.");
    checkText(name);
    checkValue(member, depth + 1);
  }
}

/** SQLite ends a text at U+0000, and half a surrogate pair has no form in UTF-8: either could look like another text. */
function checkText(text: string): void {
  if (/\0|\p{Cs}/u.test(text)) {
    throw invalid("Payload validation error: 'A text has a character that cannot be stored'.");
  }
}
