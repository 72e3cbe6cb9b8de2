import { json, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { deepest, findUnstorable } from '../tenant/find-unstorable.js';
import { invalid } from '../tenant/tenant-error.js';
import { ManagementError } from './management-error.js';

const problems = {
  depth: `More than ${deepest} levels deep`,
  name: 'Additional properties not allowed: __proto__',
  character: 'A text has a character that cannot be stored',
} as const;

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
  const found = findUnstorable(req.body);
  if (found !== undefined) throw invalid(`Payload validation error: '${problems[found]}'.`);
  next();
}
