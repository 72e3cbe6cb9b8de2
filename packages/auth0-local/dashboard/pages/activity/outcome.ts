import { logTypes, type LogTypeCode } from '../../../src/log/log-types.ts';
import type { LogEntry } from '../../../src/log/tenant-log.ts';

/** What became of it: a token was issued, something was refused, or something else was done. */
export type Outcome = 'issued' | 'refused' | 'done';

const issuing: ReadonlySet<LogTypeCode> = new Set([
  'seccft',
  'seacft',
  'sertft',
  'sepft',
  'sede',
  'success_on_behalf_of_token_exchange',
]);

/** The outcome of an event. */
export function outcomeOf({ type }: Pick<LogEntry, 'type'>): Outcome {
  if (logTypes[type].isFailure) return 'refused';
  return issuing.has(type) ? 'issued' : 'done';
}
