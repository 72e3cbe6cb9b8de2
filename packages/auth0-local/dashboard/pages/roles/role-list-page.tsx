import { Page } from '../../components/page.tsx';

/** Roles. */
export function RoleListPage() {
  return <Page title="Roles">Coming.</Page>;
}
