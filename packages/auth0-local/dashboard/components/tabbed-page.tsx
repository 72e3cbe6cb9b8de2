import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import type { Query } from '../api/use-query.ts';
import { LinkButton } from './button.tsx';
import type { IconName } from './icon.tsx';
import { EmptyState, isMissing, Loaded, Page } from './page.tsx';
import { Tabs } from './tabs.tsx';

/** A part of a thing, at an address of its own. */
export interface TabContent<Item> {
  readonly path: string;
  readonly label: string;
  readonly show: (item: Item) => ComponentChildren;
}

/** The page of one thing of a list, its parts in tabs; the first of them where the address has none. */
export function TabbedPage<Item>({
  kind,
  icon,
  list,
  query,
  titleOf,
  leadOf,
  tabs,
}: {
  /** What it is: `role`. */
  readonly kind: string;
  readonly icon: IconName;
  readonly list: { readonly href: string; readonly label: string };
  readonly query: Query<Item>;
  readonly titleOf: (item: Item) => string;
  readonly leadOf: (item: Item) => ComponentChildren;
  readonly tabs: readonly TabContent<Item>[];
}) {
  const { id = '', tab } = useRoute().params;
  const { route } = useLocation();
  const base = `${list.href}/${encodeURIComponent(id)}`;
  const current = tabs.find(({ path }) => path === tab);
  useEffect(() => {
    if (current === undefined) route(`${base}/${tabs[0]?.path ?? ''}`, true);
  }, [current, base]);
  const item = isMissing(query) ? undefined : query.data;
  return (
    <Page
      title={item === undefined ? kind.charAt(0).toUpperCase() + kind.slice(1) : titleOf(item)}
      lead={item !== undefined && leadOf(item)}
      back={list}
    >
      <Loaded query={query} missing={<Missing kind={kind} icon={icon} list={list} />}>
        {(loaded) => (
          <>
            <Tabs label={`Parts of the ${kind}`} base={base} tabs={tabs} />
            {/* Nothing of one thing goes on in another. */}
            <div key={id}>{current?.show(loaded)}</div>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Missing({
  kind,
  icon,
  list,
}: {
  readonly kind: string;
  readonly icon: IconName;
  readonly list: { readonly href: string };
}) {
  useEffect(() => {
    // What had it has gone with the thing.
    if (document.activeElement === document.body) document.querySelector('h1')?.focus();
  }, []);
  return (
    <EmptyState
      icon={icon}
      title={`There is no such ${kind}`}
      action={<LinkButton href={list.href}>All {kind}s</LinkButton>}
    >
      It was deleted, or the tenant was started anew without it.
    </EmptyState>
  );
}
