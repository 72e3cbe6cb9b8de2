import { Button } from '../../components/button.tsx';
import { FilterBox } from '../../components/data-table.tsx';
import type { EventFilter } from './filter-events.ts';

const outcomes: readonly { readonly value: EventFilter['outcome']; readonly label: string }[] = [
  { value: 'all', label: 'All outcomes' },
  { value: 'issued', label: 'Tokens issued' },
  { value: 'refused', label: 'Refused' },
];

/** What narrows the list, and what makes it stand still. */
export function EventTools({
  filter,
  onFilter,
  shown,
  waiting,
  isPaused,
  onPause,
  isLost,
}: {
  readonly filter: EventFilter;
  readonly onFilter: (filter: EventFilter) => void;
  readonly shown: number;
  /** How many have come since the list stands still. */
  readonly waiting: number;
  readonly isPaused: boolean;
  readonly onPause: (isPaused: boolean) => void;
  /** Whether nothing comes, because the connection is lost. */
  readonly isLost: boolean;
}) {
  return (
    <div class="list-tools">
      <FilterBox
        label="Filter by any word"
        value={filter.text}
        onInput={(text) => onFilter({ ...filter, text })}
      />
      <select
        class="filter outcomes"
        aria-label="Outcome"
        value={filter.outcome}
        onInput={({ currentTarget: { value } }) =>
          onFilter({ ...filter, outcome: value as EventFilter['outcome'] })
        }
      >
        {outcomes.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <span class="hint tally">
        <span role="status">{isLost && 'Not live: reconnecting… '}</span>
        {isPaused ? `${waiting.toLocaleString('en')} new` : `${shown.toLocaleString('en')} shown`}
      </span>
      <Button icon={isPaused ? 'play' : 'pause'} onClick={() => onPause(!isPaused)}>
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
    </div>
  );
}
