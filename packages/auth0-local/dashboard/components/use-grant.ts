import { useRef, useState } from 'preact/hooks';
import type { ClientGrant } from '../api/management.ts';
import { saveGrant, type GrantDetails, type GrantKey } from '../api/save-grant.ts';
import { notify } from './notices.tsx';

/** A grant as it is shown, ahead of the tenant. */
interface ShownGrant {
  /** Nothing: there is no grant. */
  readonly details: GrantDetails | undefined;
  /** @param text - What is said when it is done, with the way back; nothing of what is taken back where it was done. */
  readonly save: (wanted: GrantDetails | undefined, text?: string) => void;
}

/** Shows at once what somebody wants a grant to be; and what the tenant has, where it refuses. */
export function useGrant(key: GrantKey, grant: ClientGrant | undefined): ShownGrant {
  const [wish, setWish] = useState<Pick<ShownGrant, 'details'>>();
  const latest = useRef(wish);
  const { details } = wish ?? { details: readDetails(grant) };
  return {
    details,
    save: (wanted, text) => {
      const mine = { details: wanted };
      latest.current = mine;
      setWish(mine);
      void saveGrant(key, wanted)
        .then(
          () => text !== undefined && notify(text, () => saveGrant(key, details)),
          (error: Error) => notify(error.message),
        )
        .then(() => {
          // A later one may still be on its way.
          if (latest.current === mine) setWish(undefined);
        });
    },
  };
}

function readDetails(grant: ClientGrant | undefined): GrantDetails | undefined {
  if (grant === undefined) return undefined;
  const { id, client_id, audience, subject_type, ...details } = grant;
  return details;
}
