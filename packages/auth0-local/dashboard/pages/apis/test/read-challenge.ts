import type { Answer } from './send-call.ts';

/** What a refusal says in its `WWW-Authenticate` (RFC 6750 section 3). */
export interface Challenge {
  readonly description?: string;
  /** What the request takes. */
  readonly scopes: readonly string[];
  /** That no other scheme is named than that of tokens that are bound to a key (RFC 9449 section 7.1). */
  readonly isForProofs?: true;
}

/** Reads the challenge of an answer; of several those parts that come first. */
export function readChallenge(headers: Answer['headers']): Challenge {
  const values = headers
    .filter(([name]) => name.toLowerCase() === 'www-authenticate')
    .map(([, value]) => value);
  const description = readParameter(values, /\berror_description="((?:[^"\\]|\\.)*)"/);
  const scope = readParameter(values, /\bscope="([^"]+)"/) ?? '';
  return {
    ...(description !== undefined && { description }),
    scopes: scope.split(' ').filter((name) => name !== ''),
    ...(isForProofs(values) && { isForProofs: true }),
  };
}

function isForProofs(values: readonly string[]): boolean {
  const schemes = values.join(', ').replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  return /^dpop\b/i.test(schemes) && !/\bbearer\b/i.test(schemes);
}

function readParameter(values: readonly string[], parameter: RegExp): string | undefined {
  const found = values.map((value) => parameter.exec(value)?.[1]).find((text) => text !== undefined);
  return found?.replaceAll(/\\(.)/g, '$1');
}
