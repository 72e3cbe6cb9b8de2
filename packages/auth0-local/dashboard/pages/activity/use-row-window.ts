import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { LogEntry } from '../../../src/log/tenant-log.ts';
import { readRowRange, scrollToRow, type RowView } from './row-range.ts';

/** The rows of a long list that are drawn. */
export interface RowWindow {
  /** What scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** What is as high as all rows; its style says how high a row is. */
  readonly body: RefObject<HTMLDivElement | null>;
  readonly view: RowView;
  readonly start: number;
  readonly end: number;
  readonly onScroll: () => void;
  readonly show: (index: number) => void;
}

/** The row at the upper edge: it stays there, whatever comes above it. */
interface Anchor {
  readonly id: string;
  readonly offset: number;
}

/** Draws those rows of a long list that are seen, and keeps what is being read where it is. */
export function useRowWindow(entries: readonly LogEntry[]): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor | undefined>(undefined);
  const [sizes, setSizes] = useState({ rowHeight: 44, viewport: 0 });
  const [scrollTop, setScrollTop] = useState(0);
  const view = { ...sizes, count: entries.length, scrollTop };

  useLayoutEffect(() => {
    if (scroller.current === null) return undefined;
    const measure = (): void => {
      if (scroller.current !== null && body.current !== null)
        setSizes(readSizes(scroller.current, body.current));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(scroller.current);
    measure();
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (anchor.current === undefined || scroller.current === null) return;
    const { id, offset } = anchor.current;
    const index = entries.findIndex(({ log_id: other }) => other === id);
    if (index < 0) return;
    scroller.current.scrollTop = index * sizes.rowHeight + offset;
    setScrollTop(scroller.current.scrollTop);
  }, [entries, sizes.rowHeight]);

  const onScroll = (): void => {
    const top = scroller.current?.scrollTop ?? 0;
    const index = Math.floor(top / sizes.rowHeight);
    const first = entries[index];
    // At its beginning the list shows what comes.
    const isAtStart = top === 0 || first === undefined;
    anchor.current = isAtStart ? undefined : { id: first.log_id, offset: top - index * sizes.rowHeight };
    setScrollTop(top);
  };
  return {
    scroller,
    body,
    view,
    ...readRowRange(view),
    onScroll,
    show: (index) => {
      if (scroller.current === null) return;
      scroller.current.scrollTop = scrollToRow(index, view);
      onScroll();
    },
  };
}

function readSizes(scroller: HTMLElement, body: HTMLElement): { rowHeight: number; viewport: number } {
  const head = body.previousElementSibling?.clientHeight ?? 0;
  return {
    // The style's rem in pixels.
    rowHeight: Number.parseFloat(getComputedStyle(body).gridAutoRows),
    viewport: scroller.clientHeight - head,
  };
}
