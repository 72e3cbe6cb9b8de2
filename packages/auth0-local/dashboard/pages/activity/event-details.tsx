import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { logTypes } from '../../../src/log/log-types.ts';
import type { LogEntry } from '../../../src/log/tenant-log.ts';
import { useList } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { IconButton } from '../../components/button.tsx';
import { CommandBlock } from '../../components/command-block.tsx';
import { Facts } from '../../components/page.tsx';
import { OutcomeMark } from './event-row.tsx';

/** All that is known of an event, and the command that makes it work the next time. */
export function EventDetails({ entry, onClose }: { readonly entry: LogEntry; readonly onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [entry.log_id]);
  return (
    <section
      class="event-details card"
      aria-label="Event"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {logTypes[entry.type].description}
        </h2>
        <IconButton icon="cross" label="Close" onClick={onClose} />
      </header>
      <p class={logTypes[entry.type].isFailure ? 'problem' : undefined}>{entry.description}</p>
      {entry.fix !== undefined && <CommandBlock command={entry.fix} />}
      <EventFacts entry={entry} />
    </section>
  );
}

function EventFacts({ entry }: { readonly entry: LogEntry }) {
  const { client_id: clientId, client_name: clientName, user_id: userId, user_name: userName } = entry;
  const api = useList('/v2/resource-servers').data?.find(({ identifier }) => identifier === entry.audience);
  // The name of an application stands there where the tenant has found it.
  const isKnownClient = clientId !== undefined && clientName !== undefined;
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    ['Outcome', <OutcomeMark entry={entry} />],
    ['Time', <FullTime iso={entry.date} />],
    ['Application', isKnownClient ? <a href={pages.application(clientId)}>{clientName}</a> : clientName],
    ['Client id', clientId && <code>{clientId}</code>],
    ['User', userId === undefined ? userName : <a href={pages.user(userId)}>{userName ?? userId}</a>],
    ['Audience', api === undefined ? entry.audience : <a href={pages.api(api.id)}>{entry.audience}</a>],
    ['Scope', entry.scope && <code>{entry.scope}</code>],
    ['Address', entry.ip && <code>{entry.ip}</code>],
    ['Type', <code>{entry.type}</code>],
    ['Log id', <code>{entry.log_id}</code>],
  ];
  return <Facts facts={facts.filter(([, value]) => value !== undefined && value !== '')} />;
}

function FullTime({ iso }: { readonly iso: string }) {
  return (
    <time dateTime={iso}>
      {new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' })}
    </time>
  );
}
