import { Page } from '../../components/page.tsx';

/** Applications. */
export function ApplicationListPage() {
  return <Page title="Applications">Coming.</Page>;
}
