import { useEffect, useState } from 'preact/hooks';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { connection } from './api/connection.ts';
import { base, pages } from './api/navigation.ts';
import { tenantStatus, useHeartbeat } from './api/status.ts';
import { useStore } from './api/store.ts';
import { Icon, type IconName } from './components/icon.tsx';
import { Notices } from './components/notices.tsx';
import { EmptyState, Page } from './components/page.tsx';
import { ActivityPage } from './pages/activity/activity-page.tsx';
import { ApiListPage } from './pages/apis/api-list-page.tsx';
import { ApiPage } from './pages/apis/api-page.tsx';
import { ApplicationListPage } from './pages/applications/application-list-page.tsx';
import { ApplicationPage } from './pages/applications/application-page.tsx';
import { InspectorPage } from './pages/inspector/inspector-page.tsx';
import { RoleListPage } from './pages/roles/role-list-page.tsx';
import { RolePage } from './pages/roles/role-page.tsx';
import { SigningKeysPage } from './pages/signing-keys/signing-keys-page.tsx';
import { UserListPage } from './pages/users/user-list-page.tsx';
import { UserPage } from './pages/users/user-page.tsx';

const navigation: readonly { readonly href: string; readonly label: string; readonly icon: IconName }[] = [
  { href: pages.apis, label: 'APIs', icon: 'api' },
  { href: pages.applications, label: 'Applications', icon: 'application' },
  { href: pages.users, label: 'Users', icon: 'user' },
  { href: pages.roles, label: 'Roles', icon: 'role' },
  { href: pages.keys, label: 'Signing keys', icon: 'key' },
  { href: pages.activity, label: 'Activity', icon: 'activity' },
  { href: pages.inspector, label: 'Token inspector', icon: 'inspector' },
];

/** The Dashboard: its frame, and the list of its pages. */
export function App() {
  useHeartbeat();
  return (
    <LocationProvider scope={base}>
      <Frame />
    </LocationProvider>
  );
}

function Frame() {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <Sidebar />
      <main id="main" tabIndex={-1}>
        <ConnectionBanner />
        <Router>
          <Route path={base} component={ApiListPage} />
          <Route path={pages.apis} component={ApiListPage} />
          <Route path={`${pages.apis}/:id/:tab?`} component={ApiPage} />
          <Route path={pages.applications} component={ApplicationListPage} />
          <Route path={`${pages.applications}/:id/:tab?`} component={ApplicationPage} />
          <Route path={pages.users} component={UserListPage} />
          <Route path={`${pages.users}/:id/:tab?`} component={UserPage} />
          <Route path={pages.roles} component={RoleListPage} />
          <Route path={`${pages.roles}/:id/:tab?`} component={RolePage} />
          <Route path={pages.keys} component={SigningKeysPage} />
          <Route path={pages.activity} component={ActivityPage} />
          <Route path={pages.inspector} component={InspectorPage} />
          <Route default component={NoPage} />
        </Router>
      </main>
      <Notices />
    </>
  );
}

function Sidebar() {
  const { path } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const status = useStore(tenantStatus);
  useEffect(() => setOpen(false), [path]);
  const isCurrent = (href: string): boolean =>
    path === href || path.startsWith(`${href}/`) || (href === pages.apis && path === base);
  return (
    <header class="sidebar">
      <a class="brand" href={pages.apis}>
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="15" />
          <path d="M16 7.5a4.6 4.6 0 0 1 2.3 8.6l1.6 8.4h-7.8l1.6-8.4A4.6 4.6 0 0 1 16 7.5z" />
        </svg>
        <span>
          <strong>Local tenant</strong>
          <span class="host">{status === undefined ? location.host : new URL(status.domain).host}</span>
        </span>
      </a>
      <button
        class="icon-button menu-button"
        type="button"
        aria-expanded={isOpen}
        aria-controls="navigation"
        aria-label="Menu"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={isOpen ? 'cross' : 'menu'} />
      </button>
      <nav id="navigation" class={isOpen ? 'open' : undefined} aria-label="Dashboard">
        {navigation.map(({ href, label, icon }) => (
          <a key={href} href={href} aria-current={isCurrent(href) ? 'page' : undefined}>
            <Icon name={icon} />
            {label}
          </a>
        ))}
      </nav>
    </header>
  );
}

/** Says when the tenant is away; it keeps no place while it is there, and covers nothing. */
function ConnectionBanner() {
  const state = useStore(connection);
  return (
    <div class="connection" role="status">
      {state.state === 'silent' && (
        <p class="problem">
          The tenant does not answer. This page goes on by itself when it is back; start it with{' '}
          <code>auth0 local start</code>. Nothing you typed is lost.
        </p>
      )}
      {state.state === 'refused' && <p class="problem">{state.message}</p>}
    </div>
  );
}

function NoPage() {
  return (
    <Page title="There is no such page">
      <EmptyState icon="inspector" title="Nothing is at this address">
        The menu has everything there is.
      </EmptyState>
    </Page>
  );
}
