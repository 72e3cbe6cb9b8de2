import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { RequestError, SilenceError } from '../api/request.ts';
import type { Query } from '../api/use-query.ts';
import { Icon, type IconName } from './icon.tsx';

/** A page: its heading gets the focus when the address changes, so that a screen reader begins there. */
export function Page({
  title,
  lead,
  back,
  actions,
  children,
}: {
  readonly title: string;
  readonly lead?: ComponentChildren;
  /** The list the page came from. */
  readonly back?: { readonly href: string; readonly label: string };
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Dashboard`;
  }, [title]);
  useEffect(() => {
    const current = document.activeElement;
    // The first page is where the browser begins anyway, and a part of a page may have taken the focus.
    const isWanted = current !== document.body || hasShownPage;
    if (isWanted && !current?.matches('main *')) heading.current?.focus();
    hasShownPage = true;
  }, []);
  return (
    <>
      {back && (
        <a class="back" href={back.href}>
          <Icon name="back" />
          {back.label}
        </a>
      )}
      <header class="page-header">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <div class="lead">{lead}</div>}
        </div>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}

let hasShownPage = false;

/** A part of a page with its heading. */
export function Section({
  title,
  lead,
  actions,
  isDanger,
  children,
}: {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** Whether what is done in it cannot be undone. */
  readonly isDanger?: boolean;
  readonly children?: ComponentChildren;
}) {
  return (
    <section class={isDanger ? 'section card danger-zone' : 'section card'}>
      <header>
        <div>
          <h2>{title}</h2>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** Where there is nothing yet: what to do next. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ComponentChildren;
  readonly action?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** What a query has brought; until then a place of the same size, or why there is nothing. */
export function Loaded<Data>({
  query,
  rows = 5,
  missing,
  children,
}: {
  readonly query: Query<Data>;
  /** How many lines to keep free. */
  readonly rows?: number;
  /** What is shown where there is none (404). */
  readonly missing?: ComponentChildren;
  readonly children: (data: Data) => ComponentChildren;
}) {
  const { data, error } = query;
  // Also where it was there a moment ago.
  if (missing !== undefined && isMissing(query)) return <>{missing}</>;
  if (data !== undefined) {
    return (
      <>
        {error instanceof RequestError && <p class="problem">{error.message}</p>}
        {children(data)}
      </>
    );
  }
  if (error instanceof RequestError) return <p class="problem">{error.message}</p>;
  // While the tenant is silent the page says so elsewhere, and goes on when it is back.
  if (error !== undefined && !(error instanceof SilenceError)) throw error;
  return <Skeleton rows={rows} />;
}

/** Whether the tenant does not have what is asked for. */
export function isMissing({ error }: Pick<Query<unknown>, 'error'>): boolean {
  return error instanceof RequestError && error.status === 404;
}

/** Keeps the place of what is on its way. */
export function Skeleton({ rows }: { readonly rows: number }) {
  return (
    <div class="skeleton" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} />
      ))}
    </div>
  );
}

/** A word about a thing. */
export function Badge({
  look = 'plain',
  children,
}: {
  readonly look?: 'plain' | 'good' | 'bad' | 'notice';
  readonly children: ComponentChildren;
}) {
  return <span class={`badge ${look}`}>{children}</span>;
}

/** Names and their values. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: ComponentChildren])[];
}) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
