import type { ApiClientOptions } from '@auth0/auth0-api-js';
import type { TokenExplanation } from '@auth0/auth0-api-js/explain';
import { createTestKey, type TestKey } from '../../src/testing/create-test-key.js';
import { claimsText, createBench, headerText, signRaw, type Bench } from './bench.js';

/** Signs fast, so that any number of tokens can be made. */
export const key: TestKey = createTestKey('Ed25519');

/** A client for tokens of that key. */
export function createExplainBench(options: Partial<ApiClientOptions> = {}): Bench {
  return createBench([key.publicJwk], { algorithms: ['Ed25519'], ...options });
}

/** What a token is made of, to be changed before it is made. */
export interface Ingredients {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** What becomes of the token after it was signed. */
  readonly change?: (token: string) => string;
}

/** A good token with a scope, changed. */
export function makeToken({ header, claims, change = (token) => token }: Ingredients): string {
  return change(signRaw(key, headerText(key, header), claimsText({ scope: 'read:messages', ...claims })));
}

/** What has become of each check: `passed` up to one that is `failed`, and the rest. */
export function outcomesOf({ checks }: TokenExplanation): string[] {
  return checks.map(({ name, outcome }) => `${name} ${outcome}`);
}

/** The failed check, where the ones before it have passed and the ones behind it were not reached; else this throws. */
export function findFailed(explanation: TokenExplanation): TokenExplanation['checks'][number] {
  const { checks } = explanation;
  const at = checks.findIndex(({ outcome }) => outcome === 'failed');
  const isInOrder = checks.every(({ outcome }, index) =>
    index < at ? outcome === 'passed' : index === at || outcome === 'not_reached',
  );
  const failed = checks[at];
  if (failed !== undefined && isInOrder) return failed;
  throw new Error(`These outcomes are in no order: ${outcomesOf(explanation).join(', ')}`);
}
