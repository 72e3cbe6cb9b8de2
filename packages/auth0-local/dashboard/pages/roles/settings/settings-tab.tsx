import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Role } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { Button } from '../../../components/button.tsx';
import { CopyText } from '../../../components/copy.tsx';
import { Facts, Section } from '../../../components/page.tsx';
import { DeleteRoleDialog } from '../delete-role-dialog.tsx';
import { SettingsForm } from './settings-form.tsx';

/** What a role is called, and the way to delete it. */
export function SettingsTab({ role }: { readonly role: Role }) {
  return (
    <div class="settings">
      <Section title="What does not change">
        <Facts facts={[['Id', <CopyText text={role.id} label="id" />]]} />
      </Section>
      <SettingsForm role={role} />
      <DeleteSection role={role} />
    </div>
  );
}

function DeleteSection({ role }: { readonly role: Role }) {
  const { route } = useLocation();
  const [isDeleting, setDeleting] = useState(false);
  return (
    <Section
      title="Delete this role"
      lead="Users who have it lose it and its permissions. This cannot be undone."
      isDanger
      actions={
        <Button look="danger" icon="trash" onClick={() => setDeleting(true)}>
          Delete role
        </Button>
      }
    >
      {isDeleting && (
        <DeleteRoleDialog
          role={role}
          onClose={() => setDeleting(false)}
          onDeleted={() => route(pages.roles)}
        />
      )}
    </Section>
  );
}
