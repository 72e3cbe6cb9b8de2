import type { Api, ShownUser } from '../../../api/management.ts';
import type { Candidate } from './list-candidates.ts';
import type { ChosenUser, TestChoice } from './test-choice.ts';
import type { TokenRequest } from './use-test-token.ts';

/** What there is to choose from. */
interface Options {
  readonly candidates: readonly Candidate[];
  /** None while they are on their way, and where none are needed. */
  readonly users: readonly ShownUser[] | undefined;
}

/**
 * Reads what is chosen as a request for a token.
 *
 * @returns Nothing while something it takes is not there.
 */
export function readTokenRequest(
  { identifier }: Api,
  choice: TestChoice,
  { candidates, users = [] }: Options,
): TokenRequest | undefined {
  const application = chosenCandidate(choice, candidates)?.application;
  const user = chosenUser(choice, users);
  if (application === undefined || (choice.subject === 'user' && user === undefined)) return undefined;
  return {
    client_id: application.client_id,
    audience: identifier,
    ...(choice.scopes !== null && { scope: choice.scopes.join(' ') }),
    ...(choice.subject === 'user' && user !== undefined && { user_id: user.user_id }),
  };
}

/** The application that is chosen; one that is gone is chosen no more. */
export function chosenCandidate(
  { subject, machine, login }: TestChoice,
  candidates: readonly Candidate[],
): Candidate | undefined {
  const id = subject === 'user' ? login : machine;
  return candidates.find(({ application }) => application.client_id === id) ?? candidates[0];
}

/** The user who is chosen, or the first. */
export function chosenUser({ user }: TestChoice, users: readonly ShownUser[]): ChosenUser | undefined {
  const [first] = users;
  return user ?? (first && toChosenUser(first));
}

/** A user as a choice shows them. */
export function toChosenUser({ user_id: id, email, name }: ShownUser): ChosenUser {
  return { user_id: id, label: email ?? name ?? id };
}
