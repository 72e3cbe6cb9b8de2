import '../../styles/activity.css';
import { useMemo, useRef, useState } from 'preact/hooks';
import { pages } from '../../api/navigation.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { EmptyState, Page, Skeleton } from '../../components/page.tsx';
import { useActivityLog, type ActivityLog } from './activity-log.ts';
import { EventDetails } from './event-details.tsx';
import { EventList } from './event-list.tsx';
import { EventTools } from './event-tools.tsx';
import { filterEvents, type EventFilter } from './filter-events.ts';
import { useOpenEvent } from './use-open-event.ts';

const everything: EventFilter = { text: '', outcome: 'all' };

/** What happens in the tenant, as it happens. */
export function ActivityPage() {
  const log = useActivityLog();
  const { entries, isComplete } = log;
  return (
    <Page title="Activity" lead="Every token that is issued or refused, as it happens, and what helps.">
      {entries.length > 0 && <Events log={log} />}
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

function Events({ log }: { readonly log: ActivityLog }) {
  const { entries, received, connection } = log;
  const [filter, setFilter] = useState(everything);
  const [pausedLog, setPausedLog] = useState<ActivityLog>();
  const { entry, missingId, open } = useOpenEvent(entries);
  const part = useRef<HTMLDivElement>(null);
  const still = pausedLog?.entries ?? entries;
  const heldBack = received - (pausedLog?.received ?? received);
  const shown = useMemo(() => filterEvents(still, filter), [still, filter]);
  const waiting = useMemo(
    () => filterEvents(entries.slice(0, heldBack), filter).length,
    [entries, heldBack, filter],
  );
  const show = (next: EventFilter): void => {
    setFilter(next);
    // Details of what is not in the list would be taken for those of what is.
    if (entry !== undefined && filterEvents([entry], next).length === 0) open(undefined);
  };
  return (
    <div ref={part}>
      <EventTools
        filter={filter}
        onFilter={show}
        shown={shown.length}
        waiting={waiting}
        isPaused={pausedLog !== undefined}
        onPause={(isPaused) => setPausedLog(isPaused ? log : undefined)}
        isLost={connection === 'lost'}
      />
      {missingId !== undefined && connection === 'live' && (
        <p class="advice" role="status">
          The event of this address is not in the log: it is older than the 10,000 newest, or of another
          tenant.
        </p>
      )}
      <div class={entry ? 'activity with-details' : 'activity'}>
        <div>
          {shown.length > 0 ? (
            <EventList entries={shown} openId={entry?.log_id} onOpen={open} />
          ) : (
            <EmptyState
              icon="inspector"
              title="Nothing fits the filter"
              action={<Button onClick={() => show(everything)}>Clear the filter</Button>}
            >
              What comes and fits is here at once.
            </EmptyState>
          )}
        </div>
        {entry && (
          <EventDetails
            entry={entry}
            onClose={() => {
              open(undefined);
              part.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
            }}
          />
        )}
      </div>
    </div>
  );
}
