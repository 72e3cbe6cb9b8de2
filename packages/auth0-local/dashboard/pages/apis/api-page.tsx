import { Page } from '../../components/page.tsx';

/** API. */
export function ApiPage() {
  return <Page title="API">Coming.</Page>;
}
