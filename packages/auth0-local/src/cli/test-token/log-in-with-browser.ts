import { createHash, randomBytes } from 'node:crypto';
import { fixCallback } from '../../oauth/fixes.js';
import { CommandError } from '../command-line/command-error.js';
import { openUrl } from '../terminal/open-url.js';
import type { Flow } from './choose-flow.js';
import { requestToken } from './request-token.js';
import { userScope } from './user-scope.js';
import { waitForCallback } from './wait-for-callback.js';

/** Gets a token in the name of a user who logs in with a browser: authorization code with PKCE (RFC 7636). */
export const logInWithBrowser: Flow = async (call, application, api) => {
  const { tenant, options, output, prompts } = call;
  const { client_id: clientId, callbacks = [] } = application;
  // Where the browser comes back to; the application must allow it.
  const callback = `http://localhost:${options.callbackPort}`;
  if (!options.input) {
    throw new CommandError(
      'A user has to log in with a browser. Leave out --no-input, or give --user and --password',
    );
  }
  if (!callbacks.includes(callback)) {
    const fix = fixCallback(clientId, callbacks, callback) ?? 'auth0 apps update --help';
    throw new CommandError(
      `The application does not let users come back to ${callback}. This helps:\n${fix}`,
    );
  }
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const parameters = {
    ...options.params,
    response_type: 'code',
    client_id: clientId,
    redirect_uri: callback,
    scope: userScope(options, api),
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(api !== undefined && { audience: api.identifier }),
    ...(options.organization !== undefined && { organization: options.organization }),
  };
  const url = `${tenant.url}/authorize?${new URLSearchParams(parameters).toString()}`;
  const code = await waitForCallback({ callback, state }, () => {
    output.note(`Log in at this address:\n${url}\n`);
    if (prompts.canAsk) openUrl(url);
  });
  return requestToken(call, application, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: callback,
  });
};
