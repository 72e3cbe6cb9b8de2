import '../../styles/apis.css';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { itemPath, useOne, type Api } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { LinkButton } from '../../components/button.tsx';
import { CopyText } from '../../components/copy.tsx';
import { Badge, EmptyState, Loaded, Page } from '../../components/page.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { AccessTab } from './access/access-tab.tsx';
import { PermissionsTab } from './permissions/permissions-tab.tsx';
import { QuickstartTab } from './quickstart/quickstart-tab.tsx';
import { SettingsTab } from './settings/settings-tab.tsx';
import { TestTab } from './test/test-tab.tsx';

const tabs: readonly {
  readonly path: string;
  readonly label: string;
  readonly content: ComponentType<{ readonly api: Api }>;
}[] = [
  { path: 'quickstart', label: 'Quickstart', content: QuickstartTab },
  { path: 'settings', label: 'Settings', content: SettingsTab },
  { path: 'permissions', label: 'Permissions', content: PermissionsTab },
  { path: 'access', label: 'Application Access', content: AccessTab },
  { path: 'test', label: 'Test', content: TestTab },
];

/** An API: its parts, each in a tab. */
export function ApiPage() {
  const { id = '', tab } = useRoute().params;
  const { route } = useLocation();
  const query = useOne<Api>(itemPath('/v2/resource-servers', id));
  const current = tabs.find(({ path }) => path === tab);
  useEffect(() => {
    if (current === undefined) route(pages.api(id), true);
  }, [current, id]);
  const api = query.data;
  return (
    <Page
      title={api === undefined ? 'API' : (api.name ?? api.identifier)}
      lead={api && <ApiLead api={api} />}
      back={{ href: pages.apis, label: 'APIs' }}
    >
      <Loaded query={query} missing={<NoApi />}>
        {(loaded) => (
          <>
            <Tabs label="Parts of the API" base={`${pages.apis}/${encodeURIComponent(id)}`} tabs={tabs} />
            {current && <current.content key={loaded.id} api={loaded} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function ApiLead({ api: { identifier, is_system: isSystem } }: { readonly api: Api }) {
  return (
    <span class="row">
      <Badge>{isSystem ? 'System API' : 'Custom API'}</Badge>
      <CopyText text={identifier} label="identifier" />
    </span>
  );
}

function NoApi() {
  return (
    <EmptyState
      icon="api"
      title="There is no such API"
      action={<LinkButton href={pages.apis}>All APIs</LinkButton>}
    >
      It was deleted, or the tenant was started anew without it.
    </EmptyState>
  );
}
