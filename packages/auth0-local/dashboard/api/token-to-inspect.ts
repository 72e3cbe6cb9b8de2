import { createStore } from './store.ts';

/** A token on its way to the inspector, and the API it is for. It is in no address: those are remembered and shared. */
export interface TokenToInspect {
  readonly token: string;
  /** The identifier of the API. */
  readonly audience: string;
  /** What the API has answered to it. */
  readonly refusal?: ApiRefusal;
}

/** Why an API has refused a token with 401, as far as it says so. */
export interface ApiRefusal {
  /** Its `error_description` (RFC 6750 section 3). */
  readonly description?: string;
  /** That it takes only tokens that are bound to a key, and nothing else is known. */
  readonly isForProofs?: true;
}

/** What the inspector opens with; whoever shows it takes it out. */
export const tokenToInspect = createStore<TokenToInspect | undefined>(undefined);
