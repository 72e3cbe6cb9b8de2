import type { Role } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { CopyText } from '../../../components/copy.tsx';
import { DeleteSection } from '../../../components/delete-section.tsx';
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
      <DeleteSection
        kind="role"
        lead="Users who have it lose it and its permissions. This cannot be undone."
        list={pages.roles}
      >
        {(dialog) => <DeleteRoleDialog role={role} {...dialog} />}
      </DeleteSection>
    </div>
  );
}
