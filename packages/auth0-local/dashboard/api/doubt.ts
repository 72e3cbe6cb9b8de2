/** A request that failed in a way that makes what is shown doubtful. */
interface Doubt {
  readonly method: string;
  readonly path: string;
}

const listeners = new Set<(doubt: Doubt) => void>();

/** Calls a listener whenever what is shown may be so no longer. */
export function onDoubt(listener: (doubt: Doubt) => void): void {
  listeners.add(listener);
}

/**
 * Notes a refusal: what is not found (404) may be shown still, and so may what is given to nobody any more (403) as soon
 * as it is asked for.
 */
export function noteRefusal(status: number, doubt: Doubt): void {
  if (status !== 404 && (status !== 403 || doubt.method === 'GET')) return;
  for (const listener of listeners) listener(doubt);
}
