import { longestTexts } from '../../../src/tenant/longest-texts.ts';
import { describeLength, findTextError } from '../../components/find-text-error.ts';
import { emailError } from '../../components/read-problem.ts';

const { user: longest } = longestTexts;

/** What is wrong with an email address; the tenant alone knows all that one can be. */
export function findEmailError(email: string): string | undefined {
  const text = email.trim();
  if (text !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return emailError;
  return findTextError(text, {
    longest: longest.email,
    empty: 'Give the email address to log in with.',
  });
}

/** What is said where another user has the same address. */
export const emailConflict = { email: 'Another user has this email address: write another.' };

/** What is wrong with a new password. */
export function findPasswordError(password: string): string | undefined {
  if (password === '') return 'Give a password, or make one up.';
  return password.length > longest.password ? describeLength(password.length, longest.password) : undefined;
}

/** What is wrong with a name or nickname. */
export function findNameError(name: string, empty?: string): string | undefined {
  return findTextError(name, { longest: longest.name, ...(empty !== undefined && { empty }) });
}
