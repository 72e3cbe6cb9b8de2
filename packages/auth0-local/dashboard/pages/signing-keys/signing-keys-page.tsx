import { Page } from '../../components/page.tsx';

/** Signing keys. */
export function SigningKeysPage() {
  return <Page title="Signing keys">Coming.</Page>;
}
