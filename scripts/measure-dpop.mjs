import { prepareWorkspace } from './workspace.mjs';

// npm run measure:dpop: what a DPoP request costs in the server, in CPU time, beside what OpenSSL alone takes and beside
// other libraries; and what whole requests cost. It takes about two minutes.

prepareWorkspace();
const { measureDpop } = await import('./measure-dpop/measure-dpop.mjs');
await measureDpop();
