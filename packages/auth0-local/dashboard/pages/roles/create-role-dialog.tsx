import { useLocation } from 'preact-iso';
import type { Role } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { request } from '../../api/request.ts';
import { invalidate } from '../../api/use-query.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { notify } from '../../components/notices.tsx';
import { useDraft } from '../../components/use-draft.ts';
import { findRoleErrors, trimRole, type RoleInput } from './role-input.ts';

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
    'name',
  );
  const { errors } = submission;
  return (
    <Dialog title="Create role" onClose={onClose}>
      <Form submission={submission} fields={['name', 'description']}>
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
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isBusy={submission.isBusy}>
            Create
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
