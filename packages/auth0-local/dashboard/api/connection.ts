import { createStore } from './store.ts';

/** Whether the tenant answers: not known yet, yes, no, or it does not let this page in. */
export type Connection =
  | { readonly state: 'unknown' | 'answers' | 'silent' }
  | { readonly state: 'refused'; readonly message: string };

/** Whether the tenant answers, for every part of the page. */
export const connection = createStore<Connection>({ state: 'unknown' });

const returnListeners = new Set<() => void>();

/** Calls a listener whenever the tenant is back after a silence. */
export function onReturn(listener: () => void): void {
  returnListeners.add(listener);
}

/** The tenant has answered. */
export function reportAnswer(): void {
  const { state } = connection.get();
  if (state === 'answers') return;
  connection.set({ state: 'answers' });
  if (state === 'silent') for (const listener of returnListeners) listener();
}

/** The tenant has not answered. */
export function reportSilence(): void {
  if (connection.get().state !== 'silent') connection.set({ state: 'silent' });
}

/** The tenant does not give this page a session. */
export function reportRefusedPage(message: string): void {
  connection.set({ state: 'refused', message });
}
