import '../../styles/roles.css';
import { useRoute } from 'preact-iso';
import { itemPath, useOne, type Role } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { TabbedPage, type TabContent } from '../../components/tabbed-page.tsx';
import { PermissionsTab } from './permissions/permissions-tab.tsx';
import { SettingsTab } from './settings/settings-tab.tsx';
import { UsersTab } from './users/users-tab.tsx';

const tabs: readonly TabContent<Role>[] = [
  { path: 'settings', label: 'Settings', show: (role) => <SettingsTab role={role} /> },
  { path: 'permissions', label: 'Permissions', show: (role) => <PermissionsTab role={role} /> },
  { path: 'users', label: 'Users', show: (role) => <UsersTab role={role} /> },
];

/** A role: its parts, each in a tab. */
export function RolePage() {
  const { id = '' } = useRoute().params;
  const query = useOne<Role>(itemPath('/v2/roles', id));
  return (
    <TabbedPage
      kind="role"
      icon="role"
      list={{ href: pages.roles, label: 'Roles' }}
      query={query}
      titleOf={({ name }) => name}
      leadOf={({ name, description }) => (description === name ? undefined : description)}
      tabs={tabs}
    />
  );
}
