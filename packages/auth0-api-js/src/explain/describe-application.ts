import type { CheckDescription } from './describe-token.js';

/** The function of the option `validate` knows what it decides by; nothing of it can be seen from here. */
export const describeApplication: CheckDescription = {
  expected: () => 'The function of the option validate answers true',
  found: ({ reason }) =>
    reason === undefined || reason === 'insufficient_scope' ? 'It does' : `It refuses: ${reason}`,
};
