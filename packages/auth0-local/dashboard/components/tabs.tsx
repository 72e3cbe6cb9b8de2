import { useEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';

/** The parts of a thing, each with an address of its own. */
export function Tabs({
  label,
  base,
  tabs,
}: {
  readonly label: string;
  /** The address of the thing, without a `/` at its end. */
  readonly base: string;
  readonly tabs: readonly { readonly path: string; readonly label: string }[];
}) {
  const { path: current } = useLocation();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // In a narrow window only some of them have a place.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <nav ref={nav} class="tabs" aria-label={label}>
      {tabs.map(({ path, label: text }) => {
        const href = `${base}/${path}`;
        return (
          <a key={path} href={href} aria-current={current === href ? 'page' : undefined}>
            {text}
          </a>
        );
      })}
    </nav>
  );
}
