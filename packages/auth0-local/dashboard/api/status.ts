import { useEffect } from 'preact/hooks';
import { connection } from './connection.ts';
import { request } from './request.ts';
import { createStore } from './store.ts';
import { invalidate } from './use-query.ts';

/** The tenant this page belongs to. */
export interface TenantStatus {
  /** For `AUTH0_DOMAIN`. */
  readonly domain: string;
  readonly issuer: string;
  readonly urls: { readonly http: string; readonly https: string };
  readonly data_dir: string | null;
  readonly started_at: string;
  /** The command that starts it again, and the folder it is for; nothing where only whoever started it knows. */
  readonly restart: { readonly command: string; readonly folder: string } | null;
}

/** What the tenant says of itself; nothing until it has answered. */
export const tenantStatus = createStore<TenantStatus | undefined>(undefined);

const calmMs = 5000;
const waitingMs = 1000;

/** Asks again and again whether the tenant is there: often while it is not, and not at all while nobody looks. */
export function useHeartbeat(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const beat = async (): Promise<void> => {
      clearTimeout(timer);
      if (document.visibilityState === 'hidden') return;
      await readStatus().catch(() => {});
      timer = setTimeout(() => void beat(), connection.get().state === 'answers' ? calmMs : waitingMs);
    };
    const lookAgain = (): void => void beat();
    const lookAfterSilence = (): void => {
      if (connection.get().state === 'silent') lookAgain();
    };
    document.addEventListener('visibilitychange', lookAgain);
    const stop = connection.subscribe(lookAfterSilence);
    lookAgain();
    return () => {
      clearTimeout(timer);
      stop();
      document.removeEventListener('visibilitychange', lookAgain);
    };
  }, []);
}

async function readStatus(): Promise<void> {
  const before = tenantStatus.get();
  const status = await request<TenantStatus>('GET', '/status');
  const isSame = before?.started_at === status.started_at && before.domain === status.domain;
  if (isSame) return;
  tenantStatus.set(status);
  // It was restarted too quickly for anybody to notice, and may have other things in it.
  if (before !== undefined) await invalidate('');
}
