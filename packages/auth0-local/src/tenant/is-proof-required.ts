import type { Api } from './apis.js';
import type { Application } from './applications.js';

/**
 * Whether an API gives an application no token without a proof.
 *
 * @param application - Without one: any that can keep a secret.
 */
export function isProofRequired(
  { proof_of_possession: setting }: Pick<Api, 'proof_of_possession'>,
  application?: Pick<Application, 'token_endpoint_auth_method'>,
): boolean {
  const isPublic = application?.token_endpoint_auth_method === 'none';
  return setting?.required === true && (setting.required_for !== 'public_clients' || isPublic);
}
