import '../../styles/activity.css';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { LogEntry } from '../../../src/log/tenant-log.ts';
import { pages } from '../../api/navigation.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { EmptyState, Page, Skeleton } from '../../components/page.tsx';
import { useActivityLog } from './activity-log.ts';
import { EventDetails } from './event-details.tsx';
import { EventList } from './event-list.tsx';
import { EventTools } from './event-tools.tsx';
import { filterEvents, type EventFilter } from './filter-events.ts';

const everything: EventFilter = { text: '', outcome: 'all' };

/** What happens in the tenant, as it happens. */
export function ActivityPage() {
  const { entries, received, isComplete } = useActivityLog();
  return (
    <Page title="Activity" lead="Every token that is issued or refused, as it happens, and what helps.">
      {entries.length > 0 && <Events entries={entries} received={received} />}
      {entries.length === 0 && !isComplete && <Skeleton rows={8} />}
      {entries.length === 0 && isComplete && (
        <EmptyState
          icon="activity"
          title="Nothing has happened yet"
          action={<LinkButton href={pages.apis}>Choose an API</LinkButton>}
        >
          Take a token on the Test tab of an API, or let your application ask for one: it is here at once.
        </EmptyState>
      )}
    </Page>
  );
}

function Events({ entries, received }: { readonly entries: readonly LogEntry[]; readonly received: number }) {
  const [filter, setFilter] = useState(everything);
  const [pausedAt, setPausedAt] = useState<number>();
  const [open, setOpen] = useState<LogEntry>();
  const part = useRef<HTMLDivElement>(null);
  const heldBack = pausedAt === undefined ? 0 : received - pausedAt;
  const shown = useMemo(() => filterEvents(entries.slice(heldBack), filter), [entries, heldBack, filter]);
  const waiting = useMemo(
    () => filterEvents(entries.slice(0, heldBack), filter).length,
    [entries, heldBack, filter],
  );
  return (
    <div ref={part}>
      <EventTools
        filter={filter}
        onFilter={setFilter}
        shown={shown.length}
        waiting={waiting}
        isPaused={pausedAt !== undefined}
        onPause={(isPaused) => setPausedAt(isPaused ? received : undefined)}
      />
      <div class={open ? 'activity with-details' : 'activity'}>
        <div>
          {shown.length > 0 ? (
            <EventList entries={shown} openId={open?.log_id} onOpen={setOpen} />
          ) : (
            <EmptyState
              icon="inspector"
              title="Nothing fits the filter"
              action={<Button onClick={() => setFilter(everything)}>Clear the filter</Button>}
            >
              What comes and fits is here at once.
            </EmptyState>
          )}
        </div>
        {open && (
          <EventDetails
            entry={open}
            onClose={() => {
              setOpen(undefined);
              part.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
            }}
          />
        )}
      </div>
    </div>
  );
}
