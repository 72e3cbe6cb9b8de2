import { memoryReplayStore, type ReplayStore, type UsedProof } from '@auth0/auth0-api-js';

/** A replay store that works, and tells what it was asked. */
export function recordingStore(): ReplayStore & { readonly seen: UsedProof[] } {
  const memory = memoryReplayStore();
  const seen: UsedProof[] = [];
  return {
    seen,
    register: (proof) => {
      seen.push(proof);
      return memory.register(proof);
    },
  };
}
