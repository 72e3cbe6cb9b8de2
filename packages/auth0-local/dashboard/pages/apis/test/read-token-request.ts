import type { Api, ShownUser } from '../../../api/management.ts';
import type { FoundUsers } from '../../../api/use-users.ts';
import type { Candidate } from './list-candidates.ts';
import type { ChosenUser, TestChoice } from './test-choice.ts';
import type { TokenRequest } from './use-test-token.ts';

/** What there is to choose from. */
interface Options {
  readonly candidates: readonly Candidate[];
  /** None while they are on their way, and where none are needed. */
  readonly users: FoundUsers | undefined;
}

/**
 * Reads what is chosen as a request for a token.
 *
 * @returns Nothing while something it takes is not there.
 */
export function readTokenRequest(
  { identifier }: Api,
  choice: TestChoice,
  { candidates, users }: Options,
): TokenRequest | undefined {
  const application = chosenCandidate(choice, candidates)?.application;
  const user = users && chosenUser(choice, users);
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
export function chosenUser({ user }: TestChoice, { users, total }: FoundUsers): ChosenUser | undefined {
  const listed = users.find(({ user_id: id }) => id === user?.user_id);
  // Where all are listed, one who is not is gone.
  if (listed === undefined && user !== null && total > users.length) return user;
  const shown = listed ?? users[0];
  return shown && toChosenUser(shown);
}

/** A user as a choice shows them. */
export function toChosenUser({ user_id: id, email, name }: ShownUser): ChosenUser {
  return { user_id: id, label: email ?? name ?? id };
}
