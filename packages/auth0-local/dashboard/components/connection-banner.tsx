import { useEffect, useRef } from 'preact/hooks';
import { connection } from '../api/connection.ts';
import { useStore } from '../api/store.ts';
import { RestartHint } from './restart-hint.tsx';

/** Says when the tenant is away, in sight wherever the page is scrolled; it keeps no place while the tenant is there. */
export function ConnectionBanner() {
  const state = useStore(connection);
  const banner = useRef<HTMLDivElement>(null);
  useEffect(() => (banner.current === null ? undefined : keepFocusFree(banner.current)), []);
  return (
    <div class="connection" role="status" ref={banner}>
      {state.state === 'silent' && (
        <div class="problem">
          <p>
            The tenant does not answer. This page goes on by itself when it is back, and nothing you typed is
            lost.
          </p>
          <RestartHint />
        </div>
      )}
      {state.state === 'refused' && <p class="problem">{state.message}</p>}
    </div>
  );
}

/** Has what gets the focus stop below the banner, and what has it when the banner comes. */
function keepFocusFree(banner: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    document.documentElement.style.setProperty('--banner', `${banner.offsetHeight}px`);
    const focused = document.activeElement;
    if (focused === null || !document.querySelector('main')?.contains(focused)) return;
    const [cover, place] = [banner.getBoundingClientRect(), focused.getBoundingClientRect()];
    if (place.top < cover.bottom && place.bottom > cover.top) focused.scrollIntoView({ block: 'nearest' });
  });
  observer.observe(banner);
  return () => observer.disconnect();
}
