import { ReplayStoreError, type ReplayStore, type UsedProof } from '../../src/binding/replay/replay-store.js';

/** Why a store cannot tell whether a proof is new; anything else that happens fails the test. */
export async function failureOf(store: ReplayStore, proof: UsedProof): Promise<ReplayStoreError> {
  try {
    const answer = await store.register(proof);
    throw new Error(`the store answered ${answer}`);
  } catch (error) {
    if (error instanceof ReplayStoreError) return error;
    throw error;
  }
}
