import { useLocation } from 'preact-iso';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Api } from '../../../api/management.ts';
import { setUnsaved } from '../../../components/unsaved.ts';
import { useDraft, type Draft } from '../../../components/use-draft.ts';
import { completeUrl, rememberApiUrl, useApiOrigin, usualOrigin } from '../api-origin.ts';
import { isForAddress, readTestAddress, writeTestAddress } from './test-address.ts';
import { hasBody, type TestChoice } from './test-choice.ts';

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
 * What is chosen in the Test tab of an API, also after another page was shown. Whose token it is and where it is sent
 * stands in the address too: a reload keeps it, and an address that says it counts more than what was chosen before. What is
 * typed and cannot stand there is not thrown away unasked.
 */
export function useTestChoice({ id, identifier, is_system: isSystem }: Api): Draft<TestChoice> {
  const origin = useApiOrigin();
  const { query, path, route } = useLocation();
  const [linked] = useState(() => readTestAddress(query));
  // The tenant's own API is where it says it is.
  const urlAt = (place: string): string => (isSystem ? `${identifier}clients` : `${place}/api/private`);
  const key = `test ${id}`;
  const draft = useDraft(key, { ...initial, url: urlAt(origin), ...linked });
  const set = (change: Partial<TestChoice>): void => {
    if (change.url !== undefined && !isSystem) rememberApiUrl(change.url);
    draft.set(change);
  };
  useEffect(() => set(linked), []);
  const { method, body, url } = draft.value;
  const usualUrl = urlAt(usualOrigin);
  const isLost =
    (hasBody(method) && body !== initial.body) ||
    !(url === usualUrl || isForAddress(completeUrl(url, origin)));
  useLayoutEffect(() => setUnsaved(key, isLost), [key, isLost]);
  const address = writeTestAddress(draft.value, { origin, usualUrl });
  useEffect(() => {
    if (location.search.slice(1) !== address) route(address === '' ? path : `${path}?${address}`, true);
  }, [address]);
  return { ...draft, set };
}
