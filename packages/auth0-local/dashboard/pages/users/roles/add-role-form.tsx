import { useState } from 'preact/hooks';
import { assignRole } from '../../../api/assign-role.ts';
import { useList, type Role, type ShownUser } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { Button } from '../../../components/button.tsx';
import { SelectField } from '../../../components/field.tsx';
import { Form, useSubmission } from '../../../components/form.tsx';

/** Gives a user another role. */
export function AddRoleForm({ user, roles }: { readonly user: ShownUser; readonly roles: readonly Role[] }) {
  const all = useList('/v2/roles').data;
  const [chosen, setChosen] = useState('');
  const left = all?.filter(({ id }) => roles.every((role) => role.id !== id)) ?? [];
  // What was chosen may be there already.
  const id = left.some((role) => role.id === chosen) ? chosen : (left[0]?.id ?? '');
  const submission = useSubmission(async () => {
    await assignRole(user.user_id, id);
  });
  if (all?.length === 0) {
    return (
      <p class="hint">
        This tenant has no roles yet: <a href={pages.roles}>create one</a>.
      </p>
    );
  }
  return (
    <Form submission={submission} label="Add a role">
      <div class="add-role">
        <SelectField
          label="Role"
          value={id}
          onInput={setChosen}
          options={
            left.length === 0
              ? [{ value: '', label: all === undefined ? '' : 'The user has all roles' }]
              : left.map((role) => ({ value: role.id, label: role.name }))
          }
          isDisabled={left.length === 0}
        />
        <Button type="submit" icon="plus" isBusy={submission.isBusy} isDisabled={left.length === 0}>
          Add role
        </Button>
      </div>
    </Form>
  );
}
