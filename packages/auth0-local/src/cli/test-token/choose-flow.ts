import type { Api } from '../../tenant/apis.js';
import type { Application } from '../../tenant/applications.js';
import type { TenantCall } from '../command-line/actions.js';
import { logInWithBrowser } from './log-in-with-browser.js';
import { logInWithPassword } from './log-in-with-password.js';
import { requestMachineToken } from './request-machine-token.js';
import type { TokenOptions, TokenResponse } from './token-options.js';

/** A way to get a token. */
export type Flow = (
  call: TenantCall<TokenOptions>,
  application: Application,
  api: Api | undefined,
) => Promise<TokenResponse>;

/** Chooses the way an application gets a token: in its own name, or in that of a user who gives a password or logs in. */
export function chooseFlow({ options }: TenantCall<TokenOptions>, { app_type: type }: Application): Flow {
  if (options.user !== undefined) return logInWithPassword;
  return type === 'non_interactive' ? requestMachineToken : logInWithBrowser;
}
