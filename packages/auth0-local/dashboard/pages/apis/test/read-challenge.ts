import type { Answer } from './send-call.ts';

/** What a refusal says in its `WWW-Authenticate` (RFC 6750 section 3). */
export interface Challenge {
  readonly description?: string;
  /** What the request takes. */
  readonly scopes: readonly string[];
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
  };
}

function readParameter(values: readonly string[], parameter: RegExp): string | undefined {
  const found = values.map((value) => parameter.exec(value)?.[1]).find((text) => text !== undefined);
  return found?.replaceAll(/\\(.)/g, '$1');
}
