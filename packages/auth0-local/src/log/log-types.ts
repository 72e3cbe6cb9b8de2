/** What happened, as a code of the real tenant's log, or `l…` for what only a local tenant does. */
export interface LogType {
  readonly description: string;
  readonly isFailure: boolean;
}

/** The codes of the log, with what they mean. */
export const logTypes = {
  seccft: { description: 'Client credentials exchanged for an access token', isFailure: false },
  feccft: { description: 'Client credentials not exchanged', isFailure: true },
  seacft: { description: 'Authorization code exchanged for an access token', isFailure: false },
  feacft: { description: 'Authorization code not exchanged', isFailure: true },
  sertft: { description: 'Refresh token exchanged for an access token', isFailure: false },
  fertft: { description: 'Refresh token not exchanged', isFailure: true },
  ferrt: { description: 'Rotated refresh token used again', isFailure: true },
  sepft: { description: 'Password exchanged for an access token', isFailure: false },
  fepft: { description: 'Password not exchanged', isFailure: true },
  sede: { description: 'Device code exchanged for an access token', isFailure: false },
  fede: { description: 'Device code not exchanged', isFailure: true },
  success_on_behalf_of_token_exchange: {
    description: 'Access token exchanged on behalf of its user',
    isFailure: false,
  },
  failed_on_behalf_of_token_exchange: { description: 'Access token not exchanged', isFailure: true },
  feoobft: { description: 'Token request refused', isFailure: true },
  s: { description: 'Login', isFailure: false },
  fu: { description: 'Login with an unknown email', isFailure: true },
  fp: { description: 'Login with a wrong password', isFailure: true },
  f: { description: 'Login refused', isFailure: true },
  ssa: { description: 'Silent authentication', isFailure: false },
  fsa: { description: 'Silent authentication refused', isFailure: true },
  slo: { description: 'Logout', isFailure: false },
  flo: { description: 'Logout refused', isFailure: true },
  fdeaz: { description: 'Device authorization request refused', isFailure: true },
  fdeac: { description: 'Device activation refused', isFailure: true },
  sdeac: { description: 'Device activated', isFailure: false },
  srrt: { description: 'Refresh token revoked', isFailure: false },
  sapi: { description: 'Management API call', isFailure: false },
  fapi: { description: 'Management API call refused', isFailure: true },
} as const satisfies Record<string, LogType>;

export type LogTypeCode = keyof typeof logTypes;
