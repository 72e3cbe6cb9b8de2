import type { TestChoice } from './test-choice.ts';

/** What the address of a Test tab says of the choice: whose token it is. It has no token, and nothing that was typed. */
export function readTestAddress({
  as,
  application,
  user,
}: Readonly<Record<string, string>>): Partial<TestChoice> {
  if (as === 'user') {
    return {
      subject: as,
      ...(application !== undefined && { login: application }),
      ...(user !== undefined && { user: { user_id: user, label: user } }),
    };
  }
  return application === undefined ? {} : { subject: 'application', machine: application };
}

/** Writes it, for a reload and for a bookmark: the part behind `?`, empty for what is chosen without it. */
export function writeTestAddress({ subject, machine, login, user }: TestChoice): string {
  const isUser = subject === 'user';
  const application = isUser ? login : machine;
  return new URLSearchParams({
    ...(isUser && { as: subject }),
    ...(application !== null && { application }),
    ...(isUser && user !== null && { user: user.user_id }),
  }).toString();
}
