import type { User } from '../../tenant/users.js';
import { CommandError } from '../command-line/command-error.js';
import type { ManagementClient } from '../connection/management-client.js';
import type { Resource } from './resource.js';

/** Users, as the Management API shows them. */
export const userResource: Resource<Omit<User, 'password_hash'>> = {
  command: 'users',
  noun: 'user',
  plural: 'users',
  title: 'user',
  argument: 'user-id|email',
  path: 'users',
  listKey: 'users',
  idOf: ({ user_id: id }) => id,
  labelOf: ({ email }) => email,
  findId: findUserId,
  listFields: [
    ['ID', ({ user_id: id }) => id],
    ['EMAIL', ({ email }) => email],
    ['NAME', ({ name }) => name],
    ['CONNECTION', ({ identities }) => identities[0].connection],
  ],
  detailFields: [
    ['ID', ({ user_id: id }) => id, 'uncut'],
    ['EMAIL', ({ email }) => email],
    ['NAME', ({ name }) => name],
    ['USERNAME', ({ username }) => username],
    ['CONNECTION', ({ identities }) => identities[0].connection],
    ['BLOCKED', ({ blocked }) => (blocked ? '✓' : undefined)],
  ],
};

/** A user is named by the id, like `auth0|…`, or by the email. */
async function findUserId(management: ManagementClient, given: string): Promise<string> {
  if (given.includes('|') || !given.includes('@')) return given;
  const [user, ...others] = await management.request<Omit<User, 'password_hash'>[]>('GET', 'users-by-email', {
    doing: `find the user '${given}'`,
    query: { email: given.toLowerCase() },
  });
  if (user === undefined) throw new CommandError(`There is no user with the email '${given}'`);
  if (others.length > 0)
    throw new CommandError(`There are several users with the email '${given}'. Name one by its id`);
  return user.user_id;
}
