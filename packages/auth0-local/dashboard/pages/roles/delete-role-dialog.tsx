import { itemPath, type Role } from '../../api/management.ts';
import { request } from '../../api/request.ts';
import { invalidate } from '../../api/use-query.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { notify } from '../../components/notices.tsx';
import { useMembers } from './users/use-members.ts';

/** Asks before a role goes: users lose it, and what it gave them. */
export function DeleteRoleDialog({
  role: { id, name },
  onClose,
  onDeleted,
}: {
  readonly role: Role;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}) {
  const count = useMembers(id, { page: 0, size: 1 }).data?.total ?? 0;
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      action="Delete role"
      onClose={onClose}
      onConfirm={async () => {
        await request('DELETE', itemPath('/v2/roles', id));
        notify(`${name} is deleted.`);
        onDeleted?.();
        // The lists only: of the role there is nothing to ask any more.
        await invalidate('/v2/roles?', '/v2/users/');
      }}
    >
      {count > 0 && (
        <p>
          <strong>{count === 1 ? 'One user has it.' : `${count.toLocaleString('en')} users have it.`}</strong>
        </p>
      )}
      <p>
        Users who have it lose it and its permissions. Tokens that were issued keep them until they expire.
      </p>
    </ConfirmDialog>
  );
}
