import { useState } from 'preact/hooks';
import { onGone } from '../api/gone.ts';
import { setUnsaved } from './unsaved.ts';

const drafts = new Map<string, unknown>();

/** What somebody types, and how it differs from what is saved. */
export interface Draft<Value extends object> {
  readonly value: Value;
  readonly isChanged: boolean;
  readonly set: (change: Partial<Value>) => void;
  /** Back to what is saved. */
  readonly discard: () => void;
}

/**
 * What is typed into a form, kept until it is saved or discarded: also while another page is shown, and while the tenant
 * is away. It lives in the memory of this page only.
 *
 * @param key - Whose form it is. One of a thing of the tenant ends with its id, and goes with the thing.
 * @param saved - What the tenant has.
 */
export function useDraft<Value extends object>(key: string, saved: Value): Draft<Value> {
  const [, render] = useState({});
  const draft = drafts.get(key) as Partial<Value> | undefined;
  const value = { ...saved, ...draft };
  const update = (next: Partial<Value> | undefined): void => {
    if (next === undefined) forget(key);
    else drafts.set(key, next);
    render({});
  };
  return {
    value,
    isChanged: draft !== undefined && JSON.stringify(value) !== JSON.stringify(saved),
    set: (change) => update({ ...(drafts.get(key) as Partial<Value> | undefined), ...change }),
    discard: () => update(undefined),
  };
}

onGone((id) => {
  for (const key of drafts.keys()) if (key.endsWith(` ${id}`)) forget(key);
});

function forget(key: string): void {
  drafts.delete(key);
  setUnsaved(key, false);
}
