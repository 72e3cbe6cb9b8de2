import { request } from '../../api/request.ts';
import { invalidate } from '../../api/use-query.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { notify } from '../../components/notices.tsx';
import { keysPath } from './shown-key.ts';

/** Asks before the next key signs. */
export function RotateDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <ConfirmDialog
      title="Rotate the signing keys?"
      action="Rotate"
      onClose={onClose}
      onConfirm={async () => {
        await request('POST', `${keysPath}/rotate`);
        await invalidate(keysPath);
        notify('The next key signs from now on.');
      }}
    >
      <p>
        From now on the next key signs, and a new one becomes the next. Tokens that the current key has signed
        stay good: it becomes a previous key, and is published until you revoke it or ten newer keys have
        signed.
      </p>
    </ConfirmDialog>
  );
}
