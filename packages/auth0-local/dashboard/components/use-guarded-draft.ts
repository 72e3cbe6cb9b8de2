import { useLayoutEffect } from 'preact/hooks';
import { setUnsaved } from './unsaved.ts';
import { useDraft, type Draft } from './use-draft.ts';

/** A draft that the browser does not throw away unasked: also after its form was left, until it is saved or discarded. */
export function useGuardedDraft<Value extends object>(key: string, saved: Value): Draft<Value> {
  const draft = useDraft(key, saved);
  const { isChanged } = draft;
  useLayoutEffect(() => setUnsaved(key, isChanged), [key, isChanged]);
  return draft;
}
