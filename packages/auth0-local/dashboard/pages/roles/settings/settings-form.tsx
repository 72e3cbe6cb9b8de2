import { changedMembers } from '../../../api/changed-members.ts';
import { itemPath, type Role } from '../../../api/management.ts';
import { TextField } from '../../../components/field.tsx';
import { Form } from '../../../components/form.tsx';
import { Section } from '../../../components/page.tsx';
import { SaveBar } from '../../../components/save-bar.tsx';
import { useItemForm } from '../../../components/use-item-form.ts';
import { findRoleErrors, roleConflict, trimRole, type RoleInput } from '../role-input.ts';

/** What can be changed of a role; what is typed stays until it is saved or discarded. */
export function SettingsForm({ role: { id, name, description } }: { readonly role: Role }) {
  const saved: RoleInput = { name, description };
  const { draft, submission } = useItemForm({
    key: `role-settings ${id}`,
    path: itemPath('/v2/roles', id),
    saved,
    bodyOf: (before, value) => changedMembers(before, trimRole(value)),
    check: findRoleErrors,
    conflict: roleConflict,
    words: 'The settings are saved.',
    stale: ['/v2/roles', '/v2/users/'],
  });
  const { value, set } = draft;
  const { errors } = submission;
  return (
    <Form
      submission={submission}
      fields={['name', 'description']}
      actions={<SaveBar draft={draft} submission={submission} />}
      label="Settings"
    >
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
    </Form>
  );
}
