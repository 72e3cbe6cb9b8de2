import { readPastedToken } from '../../../src/explain/read-pasted-token.ts';
import { readTokenParts } from '../../components/token-parts.ts';

/** Whom a token says it is from and for. Nothing of it is checked. */
export interface NamedParties {
  readonly issuer?: string;
  readonly audiences: readonly string[];
}

/** Reads from a pasted token whom it names, to begin with what is most likely meant. */
export function readNamedParties(pasted: string): NamedParties {
  const { claims = '{}' } = readTokenParts(readPastedToken(pasted).token);
  const { iss, aud } = (JSON.parse(claims) ?? {}) as { readonly iss?: unknown; readonly aud?: unknown };
  return {
    ...(typeof iss === 'string' && { issuer: iss }),
    audiences: [aud].flat().filter((audience) => typeof audience === 'string'),
  };
}
