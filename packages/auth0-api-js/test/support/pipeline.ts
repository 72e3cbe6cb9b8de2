import { createBinding } from '../../src/binding/create-binding.js';
import { readKeySet, type KeySet } from '../../src/keys/key-set.js';
import { StaticKeys } from '../../src/keys/static-keys.js';
import { readBinding } from '../../src/options/binding-options.js';
import { dpopOff, type DpopOptions } from '../../src/options/dpop-options.js';
import { readPolicy, type ProfileOptions } from '../../src/options/profile-options.js';
import { createTestKey, type TestKey } from '../../src/testing/create-test-key.js';
import { noDemands, verifyAccessToken, type Demands, type Verifier } from '../../src/verify/access-token.js';
import { KnownHeaders } from '../../src/verify/known-headers.js';
import { readToken } from '../../src/verify/read-token.js';
import { ConfiguredIssuers } from '../../src/verify/trusted-issuers.js';
import type { ValidateClaims } from '../../src/verify/validate-claims.js';
import { Verdicts } from '../../src/verify/verdicts.js';
import { audience, issuer } from './bench.js';

/** The key of tokens that go straight to the pipeline. */
export const pipelineKey: TestKey = createTestKey('ES256');

/** Keys of an issuer, ready to verify with. */
export function importKeys(...jwks: readonly unknown[]): KeySet {
  const keySet = readKeySet({ keys: jwks }, jwks.length, () => {});
  if (keySet === undefined) throw new Error('no key can be used');
  return keySet;
}

/** What a test changes: the profile, the name of the issuer, the application's functions, how DPoP is treated. */
export interface PipelineOptions extends ProfileOptions {
  readonly name?: string;
  readonly dpop?: DpopOptions;
  readonly validators?: readonly ValidateClaims[];
}

/** The pipeline over keys that do not change. */
export function createPipeline(
  keySet: KeySet = importKeys(pipelineKey.publicJwk),
  { name = issuer, dpop = dpopOff, validators, ...profile }: PipelineOptions = {},
): Verifier {
  const read = readPolicy({ audience, algorithms: ['ES256'], ...profile });
  const policy = { ...read, validate: validators ?? read.validate };
  return {
    issuers: new ConfiguredIssuers([{ issuer: name, policy, keys: new StaticKeys(keySet) }]),
    accepted: policy,
    policy,
    binding: createBinding(readBinding({ dpop }), { now: undefined, emit: () => {} }),
    headers: new KnownHeaders(),
    verdicts: new Verdicts({ maxEntries: 100, maxBytes: 1024 ** 2 }),
    emit: () => {},
  };
}

/** Makes a pipeline believe that a key has signed a token. */
export function pretend(verifier: Verifier, token: string, keySet: KeySet): void {
  const [key] = keySet.select('ES256', pipelineKey.kid);
  if (key === undefined) throw new Error('no such key');
  const { header } = readToken(token, new KnownHeaders());
  verifier.verdicts?.remember({ token, header, key });
}

/** What a pipeline says of a token: the reason of a refusal, or `accepted`. */
export async function judge(
  token: string,
  verifier: Verifier,
  demands: Partial<Demands> = {},
): Promise<unknown> {
  try {
    return Boolean(await verifyAccessToken(token, verifier, { ...noDemands, ...demands })) && 'accepted';
  } catch (error) {
    return (error as { reason?: string }).reason;
  }
}

/** Whether a pipeline knows the header of a token: it answers with the same object twice. */
export function isHeaderKnown(token: string, { headers }: Verifier): boolean {
  const text = token.slice(0, token.indexOf('.'));
  return headers.read(text) === headers.read(text);
}
