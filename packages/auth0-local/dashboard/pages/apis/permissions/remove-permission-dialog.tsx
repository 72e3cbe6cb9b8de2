import { useList, type Api } from '../../../api/management.ts';
import { ConfirmDialog } from '../../../components/dialog.tsx';
import { notify } from '../../../components/notices.tsx';
import { changeScopes } from './change-scopes.ts';

/** Asks before a permission goes: whoever has it loses it, which cannot be undone. */
export function RemovePermissionDialog({
  api,
  value,
  onRemoved,
  onClose,
}: {
  readonly api: Api;
  readonly value: string;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}) {
  const grants = useList('/v2/client-grants', { audience: api.identifier }).data ?? [];
  const count = grants.filter(({ scope }) => scope?.includes(value)).length;
  return (
    <ConfirmDialog
      title={`Remove ${value}?`}
      action="Remove permission"
      onClose={onClose}
      onConfirm={async () => {
        await changeScopes(api.id, (scopes) => scopes.filter((scope) => scope.value !== value));
        notify(`${value} is removed.`);
        onRemoved();
      }}
    >
      {count > 0 && (
        <p>
          <strong>
            {count === 1 ? 'One grant of an application has' : `${count} grants of applications have`} it.
          </strong>
        </p>
      )}
      <p>
        Applications, roles and users that have it lose it, and adding it again does not give it back to them.
        Tokens that were issued keep it until they expire.
      </p>
    </ConfirmDialog>
  );
}
