import { LocationProvider, Route, Router } from 'preact-iso';
import { base, pages } from './api/navigation.ts';
import { useHeartbeat } from './api/status.ts';
import { ConnectionBanner } from './components/connection-banner.tsx';
import { Notices } from './components/notices.tsx';
import { EmptyState, Page } from './components/page.tsx';
import { Sidebar } from './components/sidebar.tsx';
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

function NoPage() {
  return (
    <Page title="There is no such page">
      <EmptyState icon="inspector" title="Nothing is at this address">
        The menu has everything there is.
      </EmptyState>
    </Page>
  );
}
