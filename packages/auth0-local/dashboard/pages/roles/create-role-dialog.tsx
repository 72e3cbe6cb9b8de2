import { useLocation } from 'preact-iso';
import type { Role } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { request } from '../../api/request.ts';
import { invalidate } from '../../api/use-query.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { useSubmission } from '../../components/form.tsx';
import { notify } from '../../components/notices.tsx';
import { useDraft } from '../../components/use-draft.ts';
import { findRoleErrors, roleConflict, trimRole, type RoleInput } from './role-input.ts';

const empty: RoleInput = { name: '', description: '' };

/** Asks for what a role needs: afterwards permissions are given to it. */
export function CreateRoleDialog({ onClose }: { readonly onClose: () => void }) {
  const { route } = useLocation();
  const draft = useDraft('create-role', empty);
  const { value, set } = draft;
  const submission = useSubmission(
    async () => {
      const { name, description } = trimRole(value);
      const role = await request<Role>('POST', '/v2/roles', {
        name,
        ...(description !== '' && { description }),
      });
      await invalidate('/v2/roles?');
      draft.discard();
      onClose();
      notify(`${name} is created. Give it permissions.`);
      route(pages.role(role.id, 'permissions'));
    },
    () => findRoleErrors(value),
    roleConflict,
  );
  const { errors } = submission;
  return (
    <FormDialog
      title="Create role"
      action="Create"
      submission={submission}
      fields={['name', 'description']}
      isChanged={draft.isChanged}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={value.name}
        onInput={(name) => set({ name })}
        error={errors['name']}
        placeholder="editor"
        isRequired
      />
      <TextField
        label="Description"
        value={value.description}
        onInput={(description) => set({ description })}
        error={errors['description']}
        placeholder="Reads and writes messages"
      />
    </FormDialog>
  );
}
