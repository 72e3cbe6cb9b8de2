import type { Flow } from './choose-flow.js';
import { requestToken } from './request-token.js';
import { userScope } from './user-scope.js';

/** Gets a token in the name of a user whose password is known (RFC 6749 section 4.3). */
export const logInWithPassword: Flow = async (call, application, api) => {
  const { options, prompts } = call;
  const password = options.password ?? (await prompts.secret({ message: 'Password', flag: '--password' }));
  return requestToken(call, application, {
    grant_type: 'password',
    username: options.user,
    password,
    audience: api?.identifier,
    scope: userScope(options, api),
  });
};
