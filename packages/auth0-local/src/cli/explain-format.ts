import type { PastedExplanation, SuggestedCheck } from '../explain/explain-pasted-token.js';
import { mark } from './terminal/mark.js';
import { printable } from './terminal/printable.js';

/** An explanation as lines: one for each check, what to do below the failed one, and the verdict last. */
export function formatExplanation(explanation: PastedExplanation): string[] {
  const { checks, left_out: leftOut } = explanation;
  const width = Math.max(...checks.map(({ title }) => title.length));
  const lines = [
    ...checks.flatMap((check) => formatCheck(check, width)),
    '',
    ...(leftOut.length === 0 ? [] : [`Left out of what was pasted: ${leftOut.join(', ')}.`]),
    describeVerdict(explanation),
  ];
  return lines.map(printable);
}

function formatCheck(
  { title, outcome, expected, found, fix, command }: SuggestedCheck,
  width: number,
): string[] {
  if (outcome === 'not_reached') return [`· ${title}`];
  if (outcome === 'passed') return [`${mark(true)} ${title.padEnd(width)}  ${found}`];
  const facts = [
    ['expected', expected],
    ['found', found],
    ['fix', fix],
    ['command', command],
  ];
  const below = facts.filter(([, fact]) => fact !== undefined);
  return [`${mark(false)} ${title}`, ...below.map(([label = '', fact]) => `    ${label.padEnd(8)}  ${fact}`)];
}

function describeVerdict({ verdict, statusCode, reason, description }: PastedExplanation): string {
  if (verdict === 'accepted') return 'Accepted: an API lets the request pass.';
  const outcome = verdict === 'refused' ? 'Refused' : 'Undecided';
  const words = description === undefined ? 'without a word' : `and says: ${description}`;
  return `${outcome}, ${reason}: an API answers ${statusCode} ${words}`;
}
