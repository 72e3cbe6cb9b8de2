import '../../styles/apis.css';
import { useRoute } from 'preact-iso';
import { itemPath, useOne, type Api } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { CopyText } from '../../components/copy.tsx';
import { Badge } from '../../components/page.tsx';
import { TabbedPage, type TabContent } from '../../components/tabbed-page.tsx';
import { AccessTab } from './access/access-tab.tsx';
import { PermissionsTab } from './permissions/permissions-tab.tsx';
import { QuickstartTab } from './quickstart/quickstart-tab.tsx';
import { SettingsTab } from './settings/settings-tab.tsx';
import { TestTab } from './test/test-tab.tsx';

const tabs: readonly TabContent<Api>[] = [
  { path: 'quickstart', label: 'Quickstart', show: (api) => <QuickstartTab api={api} /> },
  { path: 'settings', label: 'Settings', show: (api) => <SettingsTab api={api} /> },
  { path: 'permissions', label: 'Permissions', show: (api) => <PermissionsTab api={api} /> },
  { path: 'access', label: 'Application Access', show: (api) => <AccessTab api={api} /> },
  { path: 'test', label: 'Test', show: (api) => <TestTab api={api} /> },
];

/** An API: its parts, each in a tab. */
export function ApiPage() {
  const { id = '' } = useRoute().params;
  const query = useOne<Api>(itemPath('/v2/resource-servers', id));
  return (
    <TabbedPage
      kind="API"
      icon="api"
      list={{ href: pages.apis, label: 'APIs' }}
      query={query}
      titleOf={({ name, identifier }) => name ?? identifier}
      leadOf={({ identifier, is_system: isSystem }) => (
        <span class="row">
          <Badge>{isSystem ? 'System API' : 'Custom API'}</Badge>
          <CopyText text={identifier} label="identifier" />
        </span>
      )}
      tabs={tabs}
    />
  );
}
