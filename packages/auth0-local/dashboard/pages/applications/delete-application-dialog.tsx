import { itemPath, type Application } from '../../api/management.ts';
import { request } from '../../api/request.ts';
import { invalidate } from '../../api/use-query.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { notify } from '../../components/notices.tsx';

/** Asks before an application goes, with all that belongs to it. */
export function DeleteApplicationDialog({
  application: { client_id: id, name },
  onClose,
  onDeleted,
}: {
  readonly application: Pick<Application, 'client_id' | 'name'>;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}) {
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      action="Delete application"
      onClose={onClose}
      onConfirm={async () => {
        await request('DELETE', itemPath('/v2/clients', id));
        notify(`${name} is deleted.`);
        onDeleted?.();
        await invalidate('/v2/clients?', '/v2/client-grants');
      }}
    >
      <p>
        Its client id and secret, its refresh tokens, what it is authorised for and what users have consented
        to go with it. Access tokens that were issued stay good until they expire.
      </p>
    </ConfirmDialog>
  );
}
