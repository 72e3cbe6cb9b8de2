import { itemPath } from '../../api/management.ts';
import { request } from '../../api/request.ts';
import { invalidate } from '../../api/use-query.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { notify } from '../../components/notices.tsx';
import { keysPath } from './shown-key.ts';

/** Asks before what a key has signed is no longer good. */
export function RevokeDialog({ kid, onClose }: { readonly kid: string; readonly onClose: () => void }) {
  return (
    <ConfirmDialog
      title="Revoke this key?"
      action="Revoke key"
      onClose={onClose}
      onConfirm={async () => {
        await request('PUT', `${itemPath(keysPath, kid)}/revoke`);
        await invalidate(keysPath);
        notify('The key is revoked.');
      }}
    >
      <p>
        The key <code>{kid}</code> is published no longer, and tokens signed by it are refused from now on. An
        API that has the JWKS in its memory takes them until it fetches it again. This cannot be undone.
      </p>
    </ConfirmDialog>
  );
}
