import { register } from 'node:module';

// node --import ./test/support/express-4.mjs server.js: whoever imports `express`, the SDK included, gets Express 4.

register('./resolve-express-4.mjs', import.meta.url);
