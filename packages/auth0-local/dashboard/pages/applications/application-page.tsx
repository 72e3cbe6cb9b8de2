import '../../styles/applications.css';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { describeApplicationType } from '../../../src/tenant/application-types.ts';
import { itemPath, useOne, type Application } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { LinkButton } from '../../components/button.tsx';
import { Badge, EmptyState, Loaded, Page } from '../../components/page.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { AccessTab } from './access/access-tab.tsx';
import { CredentialsTab } from './credentials/credentials-tab.tsx';
import { SettingsTab } from './settings/settings-tab.tsx';

const tabs: readonly {
  readonly path: string;
  readonly label: string;
  readonly content: ComponentType<{ readonly application: Application }>;
}[] = [
  { path: 'settings', label: 'Settings', content: SettingsTab },
  { path: 'credentials', label: 'Credentials', content: CredentialsTab },
  { path: 'access', label: 'API access', content: AccessTab },
];

/** An application: its parts, each in a tab. */
export function ApplicationPage() {
  const { id = '', tab } = useRoute().params;
  const { route } = useLocation();
  const query = useOne<Application>(itemPath('/v2/clients', id));
  const current = tabs.find(({ path }) => path === tab);
  useEffect(() => {
    if (current === undefined) route(pages.application(id), true);
  }, [current, id]);
  const application = query.data;
  return (
    <Page
      title={application?.name ?? 'Application'}
      lead={application && <ApplicationLead application={application} />}
      back={{ href: pages.applications, label: 'Applications' }}
    >
      <Loaded query={query} missing={<NoApplication />}>
        {(loaded) => (
          <>
            <Tabs
              label="Parts of the application"
              base={`${pages.applications}/${encodeURIComponent(id)}`}
              tabs={tabs}
            />
            {current && <current.content key={loaded.client_id} application={loaded} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function ApplicationLead({
  application: { app_type: type, description = '' },
}: {
  readonly application: Application;
}) {
  return (
    <span class="row">
      <Badge>{describeApplicationType(type)}</Badge>
      {description}
    </span>
  );
}

function NoApplication() {
  return (
    <EmptyState
      icon="application"
      title="There is no such application"
      action={<LinkButton href={pages.applications}>All applications</LinkButton>}
    >
      It was deleted, or the tenant was started anew without it.
    </EmptyState>
  );
}
