import { useLayoutEffect } from 'preact/hooks';

const unsaved = new Set<unknown>();

/**
 * Says whether there is something typed that goes with this page. As long as there is, the browser asks before it reloads
 * or closes the window.
 *
 * @param what - What is typed: the key of a draft, or anything that is itself alone.
 */
export function setUnsaved(what: unknown, isUnsaved: boolean): void {
  if (isUnsaved) unsaved.add(what);
  else unsaved.delete(what);
  if (unsaved.size > 0) addEventListener('beforeunload', ask);
  // A page that listens without need is not kept for the way back.
  else removeEventListener('beforeunload', ask);
}

/** Says it of what is typed in a component, as long as that is shown. */
export function useUnsaved(isUnsaved: boolean): void {
  // At once: a window can be closed with the next key.
  useLayoutEffect(() => {
    if (!isUnsaved) return undefined;
    const what = {};
    setUnsaved(what, true);
    return () => setUnsaved(what, false);
  }, [isUnsaved]);
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
