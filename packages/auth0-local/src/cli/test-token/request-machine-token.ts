import { CommandError } from '../command-line/command-error.js';
import type { Flow } from './choose-flow.js';
import { requestToken } from './request-token.js';

/** Gets a token in the application's own name (RFC 6749 section 4.4). */
export const requestMachineToken: Flow = async (call, application, api) => {
  if (api === undefined)
    throw new CommandError('Missing --identifier: a machine gets tokens for an API only');
  const { scopes } = call.options;
  return requestToken(call, application, {
    grant_type: 'client_credentials',
    audience: api.identifier,
    scope: scopes?.join(' '),
  });
};
