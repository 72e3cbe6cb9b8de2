import type { ShownUser } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { invalidate } from '../../../api/use-query.ts';

/** What a user is created with, as it is typed. */
export interface UserInput {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly email_verified: boolean;
}

/** Creates a user in the database of the tenant. */
export async function createUser({ email, name, ...input }: UserInput): Promise<ShownUser> {
  const [connection] = await request<{ readonly name: string }[]>('GET', '/v2/connections');
  const user = await request<ShownUser>('POST', '/v2/users', {
    ...input,
    connection: connection?.name,
    email: email.trim(),
    ...(name.trim() !== '' && { name: name.trim() }),
  });
  await invalidate('/v2/users?');
  return user;
}
