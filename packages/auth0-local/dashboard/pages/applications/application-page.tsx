import '../../styles/applications.css';
import { useRoute } from 'preact-iso';
import { describeApplicationType } from '../../../src/tenant/application-types.ts';
import { itemPath, useOne, type Application } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { Badge } from '../../components/page.tsx';
import { TabbedPage, type TabContent } from '../../components/tabbed-page.tsx';
import { AccessTab } from './access/access-tab.tsx';
import { CredentialsTab } from './credentials/credentials-tab.tsx';
import { SettingsTab } from './settings/settings-tab.tsx';

const tabs: readonly TabContent<Application>[] = [
  { path: 'settings', label: 'Settings', show: (application) => <SettingsTab application={application} /> },
  {
    path: 'credentials',
    label: 'Credentials',
    show: (application) => <CredentialsTab application={application} />,
  },
  { path: 'access', label: 'API access', show: (application) => <AccessTab application={application} /> },
];

/** An application: its parts, each in a tab. */
export function ApplicationPage() {
  const { id = '' } = useRoute().params;
  const query = useOne<Application>(itemPath('/v2/clients', id));
  return (
    <TabbedPage
      kind="application"
      icon="application"
      list={{ href: pages.applications, label: 'Applications' }}
      query={query}
      titleOf={({ name }) => name}
      leadOf={({ app_type: type, description = '' }) => (
        <span class="row">
          <Badge>{describeApplicationType(type)}</Badge>
          {description}
        </span>
      )}
      tabs={tabs}
    />
  );
}
