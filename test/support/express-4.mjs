import * as nodeModule from 'node:module';
import { resolve } from './resolve-express-4.mjs';

// node --import ./test/support/express-4.mjs server.js: whoever imports `express`, the SDK included, gets Express 4.

if ('registerHooks' in nodeModule) nodeModule.registerHooks({ resolve });
else nodeModule.register('./resolve-express-4.mjs', import.meta.url);
