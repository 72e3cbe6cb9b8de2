import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import type { Api } from '../../../api/management.ts';
import { useDraft, type Draft } from '../../../components/use-draft.ts';
import { rememberApiUrl, useApiOrigin } from '../api-origin.ts';
import { readTestAddress, writeTestAddress } from './test-address.ts';
import type { TestChoice } from './test-choice.ts';

const initial: Omit<TestChoice, 'url'> = {
  subject: 'application',
  machine: null,
  login: null,
  user: null,
  scopes: null,
  method: 'GET',
  body: '{}',
  language: 'curl',
};

/**
 * What is chosen in the Test tab of an API, also after another page was shown. Whose token it is stands in the address
 * too: a reload keeps it, and an address that says it counts more than what was chosen before.
 */
export function useTestChoice({ id, identifier, is_system: isSystem }: Api): Draft<TestChoice> {
  const origin = useApiOrigin();
  const { query, path, route } = useLocation();
  const [linked] = useState(() => readTestAddress(query));
  // The tenant's own API is where it says it is.
  const url = isSystem ? `${identifier}clients` : `${origin}/api/private`;
  const draft = useDraft(`test ${id}`, { ...initial, url, ...linked });
  useEffect(() => draft.set(linked), []);
  const address = writeTestAddress(draft.value);
  useEffect(() => {
    if (location.search.slice(1) !== address) route(address === '' ? path : `${path}?${address}`, true);
  }, [address]);
  return {
    ...draft,
    set: (change) => {
      if (change.url !== undefined && !isSystem) rememberApiUrl(change.url);
      draft.set(change);
    },
  };
}
