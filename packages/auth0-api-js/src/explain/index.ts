/**
 * Why a token is accepted or refused, check by check. For development tools and tests.
 *
 * @packageDocumentation
 */
export type { CheckName } from './check-names.js';
export {
  explainAccessToken,
  type CheckOutcome,
  type ExplainOptions,
  type ExplainedCheck,
  type TokenExplanation,
} from './explain-access-token.js';
