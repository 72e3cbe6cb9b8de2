import { readTokenCache } from '../../packages/auth0-api-js/dist/options/token-cache-options.js';

/** How many tokens the library remembers at most, and in how much memory, where nobody says otherwise. */
export const tokenCacheBound = readTokenCache(undefined);

/** So many it remembers for certain: those that were used last. Beyond them it forgets half of all at a time. */
export const surelyRemembered = Math.floor(tokenCacheBound.maxEntries / 2);
