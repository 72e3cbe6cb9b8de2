import { longestTexts } from '../../../src/tenant/longest-texts.ts';
import { findTextError } from '../../components/find-text-error.ts';

/** What is wrong with the name of an application before it is sent. */
export function findApplicationNameError(name: string): string | undefined {
  const longest = longestTexts.application.name;
  return findTextError(name, { longest, empty: 'Give it a name.', hasBrackets: false });
}
