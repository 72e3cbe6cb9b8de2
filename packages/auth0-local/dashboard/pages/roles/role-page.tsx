import { Page } from '../../components/page.tsx';

/** Role. */
export function RolePage() {
  return <Page title="Role">Coming.</Page>;
}
