import { Page } from '../../components/page.tsx';

/** User. */
export function UserPage() {
  return <Page title="User">Coming.</Page>;
}
