import { Page } from '../../components/page.tsx';

/** Users. */
export function UserListPage() {
  return <Page title="Users">Coming.</Page>;
}
