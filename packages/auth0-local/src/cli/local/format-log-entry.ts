import { logTypes } from '../../log/log-types.js';
import type { LogEntry } from '../../log/tenant-log.js';

/** An event as people read it: when, what, about whom, and the command that helps. */
export function formatLogEntry(entry: LogEntry, { hasDate = false } = {}): string {
  const { date, type, description, client_id: client, user_name: user, audience, scope, fix } = entry;
  const sign = logTypes[type].isFailure ? '✗' : '✓';
  const details = [
    client !== undefined && `client ${entry.client_name ?? client}`,
    user !== undefined && `user ${user}`,
    audience !== undefined && `audience ${audience}`,
    scope !== undefined && scope !== '' && `scope ${scope}`,
  ].filter((detail) => detail !== false);
  // Swedish writes dates as ISO 8601 does, and in local time.
  const time = hasDate ? new Date(date).toLocaleString('sv-SE') : new Date(date).toLocaleTimeString('en-GB');
  const lines = [
    `${time}  ${sign} ${type.padEnd(7)} ${description}`,
    ...(details.length > 0 ? [details.join(' · ')] : []),
    ...(fix === undefined ? [] : [`fix: ${fix}`]),
  ];
  return lines.join(`\n${' '.repeat(time.length + 12)}`);
}
