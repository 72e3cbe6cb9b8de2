import { createStore } from './store.ts';

/** A token on its way to the inspector, and the API it is for. It is in no address: those are remembered and shared. */
export interface TokenToInspect {
  readonly token: string;
  /** The identifier of the API. */
  readonly audience: string;
}

/** What the inspector opens with; whoever shows it takes it out. */
export const tokenToInspect = createStore<TokenToInspect | undefined>(undefined);
