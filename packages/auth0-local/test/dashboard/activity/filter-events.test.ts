import { describe, expect, it } from 'vitest';
import { filterEvents } from '../../../dashboard/pages/activity/filter-events.js';
import type { LogEntry } from '../../../src/log/tenant-log.js';

const date = '2026-11-25T12:00:00.000Z';
const issued: LogEntry = {
  log_id: '1',
  date,
  type: 'seccft',
  description: 'Exchanged',
  client_name: 'Machine',
};
const refused: LogEntry = {
  log_id: '2',
  date,
  type: 'feccft',
  description: 'Not exchanged',
  fix: 'auth0 apps list',
};
const changed: LogEntry = { log_id: '3', date, type: 'sapi', description: 'POST /api/v2/roles' };
const entries = [changed, refused, issued];

describe('filterEvents', () => {
  it.each([
    ['everything', '', 'all', entries],
    ['tokens that were issued', '', 'issued', [issued]],
    ['what was refused', '', 'refused', [refused]],
    ['a word of any field, whatever its case', ' MACHINE ', 'all', [issued]],
    ['a word of the command', 'apps list', 'all', [refused]],
    ['both together', 'exchanged', 'refused', [refused]],
    ['nothing', 'elsewhere', 'all', []],
  ] as const)('finds %s', (_what, text, outcome, found) => {
    expect(filterEvents(entries, { text, outcome })).toEqual(found);
  });

  it('takes no word from two fields', () => {
    expect(filterEvents([issued], { text: 'exchangedmachine', outcome: 'all' })).toEqual([]);
  });
});
