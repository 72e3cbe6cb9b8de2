import { json, urlencoded, type RequestHandler } from 'express';

/** Bodies of forms, up to a megabyte. What is larger or malformed goes to the error handler. */
export const readFormBody: RequestHandler = urlencoded({ limit: '1mb', extended: false });

/** Bodies in JSON or as a form. */
export const readRequestBody: readonly RequestHandler[] = [json({ limit: '1mb' }), readFormBody];

/** What is wrong with a body that could not be read. */
export interface BodyProblem {
  readonly statusCode: 400 | 413 | 415;
  readonly message: string;
}

/** Reads an error of the body parser, if it is one. */
export function readBodyProblem(error: unknown): BodyProblem | undefined {
  const { type, status, code } = error as { type?: string; status?: number; code?: string };
  // A compressed body that is damaged: the decompressor's own error, without a type.
  if (/^(Z_|ERR__ERROR_)/.test(code ?? ''))
    return { statusCode: 400, message: 'Request body could not be read' };
  if (type === undefined || status === undefined || status >= 500) return undefined;
  if (type === 'entity.too.large') {
    return { statusCode: 413, message: 'Request body is too large. The limit is 1 MB.' };
  }
  if (type.startsWith('charset.') || type.startsWith('encoding.')) {
    return { statusCode: 415, message: 'The encoding of the request body is not supported. Send UTF-8.' };
  }
  if (type === 'entity.parse.failed') return { statusCode: 400, message: 'Request body is not valid JSON' };
  return { statusCode: 400, message: 'Request body could not be read' };
}
