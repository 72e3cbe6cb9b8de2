import { createHook } from 'node:async_hooks';

/** How many times scrypt runs in this process during some work. */
export async function countDerivations(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'SCRYPTREQUEST') count += 1;
    },
  }).enable();
  try {
    await work();
    return count;
  } finally {
    hook.disable();
  }
}
