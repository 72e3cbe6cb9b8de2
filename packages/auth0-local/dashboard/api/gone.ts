const listeners = new Set<(id: string) => void>();

/** Calls a listener with the id of each thing that the tenant no longer has. */
export function onGone(listener: (id: string) => void): void {
  listeners.add(listener);
}

/** A thing was deleted, here or elsewhere. */
export function reportGone(path: string): void {
  const id = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  for (const listener of listeners) listener(id);
}
