import * as v from 'valibot';
import type { Store } from '../store/store.js';
import { strictObject } from './object-schemas.js';

/** The ways in which an API's access tokens can be bound to whoever asks for them. */
export const possessionMechanisms = ['dpop', 'mtls'] as const;

const setting = strictObject({
  mechanism: v.pipe(
    v.string(),
    v.check(
      (name) => possessionMechanisms.some((mechanism) => mechanism === name),
      'Mechanism must be dpop or mtls; for tokens that are bound to nothing, proof_of_possession is null',
    ),
    v.picklist(possessionMechanisms),
  ),
  /** Whether there are no tokens without a proof. */
  required: v.boolean(),
  /** For whom, where it is required: all applications by default. */
  required_for: v.exactOptional(v.picklist(['all_clients', 'public_clients'])),
});

/** How the access tokens of an API are bound to whoever asks for them; not at all where it is null. */
export const proofOfPossession = v.exactOptional(
  v.nullable(
    v.pipe(
      setting,
      v.check(
        ({ mechanism, required_for: whom }) => mechanism !== 'mtls' || whom !== 'public_clients',
        'Public clients have no certificates: with mtls, required_for must be all_clients',
      ),
    ),
  ),
);

/** Whether there is an API whose tokens can be bound to client certificates. */
export function hasCertificateBoundApi({ apis }: Store): boolean {
  return apis.list().some(({ proof_of_possession: setting }) => setting?.mechanism === 'mtls');
}
