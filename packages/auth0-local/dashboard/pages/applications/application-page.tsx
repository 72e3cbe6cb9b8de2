import { Page } from '../../components/page.tsx';

/** Application. */
export function ApplicationPage() {
  return <Page title="Application">Coming.</Page>;
}
