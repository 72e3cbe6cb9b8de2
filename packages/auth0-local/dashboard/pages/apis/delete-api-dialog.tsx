import { itemPath, type Api } from '../../api/management.ts';
import { request } from '../../api/request.ts';
import { invalidate } from '../../api/use-query.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { notify } from '../../components/notices.tsx';

/** Asks before an API goes, with all that belongs to it. */
export function DeleteApiDialog({
  api: { id, name, identifier },
  onClose,
  onDeleted,
}: {
  readonly api: Api;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}) {
  return (
    <ConfirmDialog
      title={`Delete ${name ?? identifier}?`}
      action="Delete API"
      expected={identifier}
      onClose={onClose}
      onConfirm={async () => {
        await request('DELETE', itemPath('/v2/resource-servers', id));
        notify(`${name ?? identifier} is deleted.`);
        onDeleted?.();
        // The lists only: of the API itself there is nothing to ask any more.
        await invalidate('/v2/resource-servers?', '/v2/client-grants?');
      }}
    >
      <p>
        Its permissions, the grants of applications for it and what users have consented to go with it. Tokens
        that were issued stay good until they expire.
      </p>
    </ConfirmDialog>
  );
}
