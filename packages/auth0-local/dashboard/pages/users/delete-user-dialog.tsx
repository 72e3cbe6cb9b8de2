import { itemPath, type ShownUser } from '../../api/management.ts';
import { request } from '../../api/request.ts';
import { invalidate } from '../../api/use-query.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { notify } from '../../components/notices.tsx';

/** Asks before a user goes, with all that belongs to it. */
export function DeleteUserDialog({
  user: { user_id: id, email },
  onClose,
  onDeleted,
}: {
  readonly user: Pick<ShownUser, 'user_id' | 'email'>;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}) {
  return (
    <ConfirmDialog
      title={`Delete ${email}?`}
      action="Delete user"
      onClose={onClose}
      onConfirm={async () => {
        await request('DELETE', itemPath('/v2/users', id));
        notify(`${email} is deleted.`);
        onDeleted?.();
        // The lists only: of the user there is nothing to ask any more.
        await invalidate('/v2/users?', '/v2/roles/');
      }}
    >
      <p>
        The roles and permissions of the user, its consents, its sessions and its refresh tokens go with it.
        Access tokens that were issued stay good until they expire.
      </p>
    </ConfirmDialog>
  );
}
