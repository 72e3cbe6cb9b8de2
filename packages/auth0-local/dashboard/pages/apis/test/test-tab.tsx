import type { Api } from '../../../api/management.ts';
import { Section } from '../../../components/page.tsx';

/** Takes tokens for an API, shows what is in them, and sends them to the API. */
export function TestTab({ api }: { readonly api: Api }) {
  return <Section title="Token">{api.identifier}</Section>;
}
