import type { SigningKey } from '../../../src/tenant/signing-keys.ts';

/** A key as the Management API shows it: its state is a member that is true. */
export type ShownKey = Omit<SigningKey, 'private_pem' | 'state'> & {
  readonly [State in SigningKey['state']]?: true;
};

/** Where the keys are, below `/dashboard/api`. */
export const keysPath = '/v2/keys/signing';
