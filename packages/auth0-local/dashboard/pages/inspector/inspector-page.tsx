import { Page } from '../../components/page.tsx';

/** Token inspector. */
export function InspectorPage() {
  return <Page title="Token inspector">Coming.</Page>;
}
