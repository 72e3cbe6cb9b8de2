import '../../styles/users.css';
import { useRoute } from 'preact-iso';
import { itemPath, useOne, type ShownUser } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { CopyText } from '../../components/copy.tsx';
import { TabbedPage, type TabContent } from '../../components/tabbed-page.tsx';
import { DetailsTab } from './details/details-tab.tsx';
import { PermissionsTab } from './permissions/permissions-tab.tsx';
import { RolesTab } from './roles/roles-tab.tsx';
import { UserBadges } from './user-badges.tsx';

const tabs: readonly TabContent<ShownUser>[] = [
  { path: 'details', label: 'Details', show: (user) => <DetailsTab user={user} /> },
  { path: 'roles', label: 'Roles', show: (user) => <RolesTab user={user} /> },
  { path: 'permissions', label: 'Permissions', show: (user) => <PermissionsTab user={user} /> },
];

/** A user: its parts, each in a tab. */
export function UserPage() {
  const { id = '' } = useRoute().params;
  const query = useOne<ShownUser>(itemPath('/v2/users', id));
  return (
    <TabbedPage
      kind="user"
      icon="user"
      list={{ href: pages.users, label: 'Users' }}
      query={query}
      titleOf={({ email }) => email}
      leadOf={(user) => (
        <span class="row">
          <UserBadges user={user} />
          <CopyText text={user.user_id} label="id" />
        </span>
      )}
      tabs={tabs}
    />
  );
}
