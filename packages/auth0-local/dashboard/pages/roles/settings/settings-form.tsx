import { changedMembers } from '../../../api/changed-members.ts';
import { itemPath, type Role } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { invalidate, setData } from '../../../api/use-query.ts';
import { TextField } from '../../../components/field.tsx';
import { Form, useSubmission } from '../../../components/form.tsx';
import { notify } from '../../../components/notices.tsx';
import { Section } from '../../../components/page.tsx';
import { SaveBar } from '../../../components/save-bar.tsx';
import { useDraft } from '../../../components/use-draft.ts';
import { findRoleErrors, trimRole, type RoleInput } from '../role-input.ts';

/** What can be changed of a role; what is typed stays until it is saved or discarded. */
export function SettingsForm({ role: { id, name, description } }: { readonly role: Role }) {
  const saved: RoleInput = { name, description };
  const draft = useDraft(`role-settings ${id}`, saved);
  const { value, set } = draft;
  const submission = useSubmission(
    async () => {
      const path = itemPath('/v2/roles', id);
      const updated = await request<Role>('PATCH', path, changedMembers(saved, trimRole(value)));
      setData<Role>(path, () => updated);
      draft.discard();
      notify('The settings are saved.');
      await invalidate('/v2/roles', '/v2/users/');
    },
    () => findRoleErrors(value),
    'name',
  );
  const { errors } = submission;
  return (
    <Form submission={submission} fields={['name', 'description']} label="Settings">
      <Section title="General">
        <div class="fields">
          <TextField
            label="Name"
            value={value.name}
            onInput={(typed) => set({ name: typed })}
            error={errors['name']}
            isRequired
          />
          <TextField
            label="Description"
            value={value.description}
            onInput={(typed) => set({ description: typed })}
            error={errors['description']}
          />
        </div>
      </Section>
      <SaveBar draft={draft} submission={submission} />
    </Form>
  );
}
