import { useId, useLayoutEffect, useState } from 'preact/hooks';
import type { LogEntry } from '../../../src/log/tenant-log.ts';
import { EventRow } from './event-row.tsx';
import { useRowWindow } from './use-row-window.ts';

const headers = ['Time', 'Outcome', 'What happened', 'Who', 'Audience'];

/**
 * A list of thousands of events, of which those that are seen are drawn. The grid has the focus, not its rows: they come
 * and go. The keys are those of a grid (ARIA Authoring Practices).
 */
export function EventList({
  entries,
  openId,
  onOpen,
}: {
  readonly entries: readonly LogEntry[];
  readonly openId: string | undefined;
  readonly onOpen: (entry: LogEntry) => void;
}) {
  const id = useId();
  const { scroller, body, view, start, end, onScroll, show } = useRowWindow(entries);
  const { rowHeight, viewport, scrollTop, count } = view;
  const [activeId, setActiveId] = useState<string>();
  const drawn = entries.slice(start, end);
  const rowId = (logId: string): string => `${id}-${logId}`;

  const activate = (index: number): void => {
    const entry = entries[Math.max(0, Math.min(index, count - 1))];
    if (entry === undefined) return;
    setActiveId(entry.log_id);
    show(entries.indexOf(entry));
  };
  // It may have been opened from elsewhere, and the details take room from the list.
  useLayoutEffect(() => {
    const index = viewport === 0 ? -1 : entries.findIndex((entry) => entry.log_id === openId);
    if (index >= 0) activate(index);
  }, [openId, viewport === 0, rowHeight]);
  const findActive = (): number => entries.findIndex((entry) => entry.log_id === activeId);
  const move = (event: KeyboardEvent): void => {
    const at = findActive();
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: count - 1,
    };
    const target = targets[event.key];
    const entry = entries[at];
    if (target !== undefined) activate(target);
    else if (event.key === 'Enter' && entry !== undefined) onOpen(entry);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      class="events card"
      role="grid"
      aria-label="Events"
      aria-rowcount={count + 1}
      aria-activedescendant={
        drawn.some((entry) => entry.log_id === activeId) && activeId ? rowId(activeId) : undefined
      }
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={move}
      onFocus={() => {
        if (findActive() < 0) activate(Math.ceil(scrollTop / rowHeight));
      }}
    >
      <div role="rowgroup" class="events-head">
        <div role="row" class="event" aria-rowindex={1}>
          {headers.map((header) => (
            <span key={header} role="columnheader">
              {header}
            </span>
          ))}
        </div>
      </div>
      <div
        ref={body}
        role="rowgroup"
        class="events-body"
        style={{ height: `${count * rowHeight}px`, paddingTop: `${start * rowHeight}px` }}
      >
        {drawn.map((entry, offset) => (
          <EventRow
            key={entry.log_id}
            entry={entry}
            id={rowId(entry.log_id)}
            index={start + offset}
            isActive={entry.log_id === activeId}
            isOpen={entry.log_id === openId}
            onOpen={() => {
              setActiveId(entry.log_id);
              onOpen(entry);
            }}
          />
        ))}
      </div>
    </div>
  );
}
