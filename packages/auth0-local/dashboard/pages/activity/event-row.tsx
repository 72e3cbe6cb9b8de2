import type { LogEntry } from '../../../src/log/tenant-log.ts';
import { Icon } from '../../components/icon.tsx';
import { Moment } from '../../components/moment.tsx';
import { outcomeOf } from './outcome.ts';

const words = { issued: 'Issued', refused: 'Refused', done: 'Done' } as const;

/** A word and a picture for what became of it. */
export function OutcomeMark({ entry }: { readonly entry: LogEntry }) {
  const outcome = outcomeOf(entry);
  return (
    <span class={`outcome ${outcome}`}>
      <Icon name={outcome === 'refused' ? 'cross' : 'check'} />
      {words[outcome]}
    </span>
  );
}

/** Who it was about: the application, the user, or both. */
function whoOf({
  client_name: clientName,
  client_id: clientId,
  user_name: userName,
  user_id: userId,
}: LogEntry): string {
  return [clientName ?? clientId, userName ?? userId].filter((name) => name !== undefined).join(' · ');
}

/** An event in a line. */
export function EventRow({
  entry,
  id,
  index,
  isActive,
  isOpen,
  onOpen,
}: {
  readonly entry: LogEntry;
  readonly id: string;
  /** Counted from 0, among all that are shown. */
  readonly index: number;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const who = whoOf(entry);
  return (
    <div
      id={id}
      class={isActive ? 'event active' : 'event'}
      role="row"
      // The row of the headings is the first.
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      onClick={onOpen}
    >
      <span role="gridcell" class="when">
        <Moment iso={entry.date} />
      </span>
      <span role="gridcell">
        <OutcomeMark entry={entry} />
      </span>
      <span role="gridcell" class="what" title={entry.description}>
        {entry.description}
      </span>
      <span role="gridcell" class="who" title={who}>
        {who}
      </span>
      <span role="gridcell" class="audience mono" title={entry.audience}>
        {entry.audience}
      </span>
    </div>
  );
}
