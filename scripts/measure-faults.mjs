import { prepareWorkspace } from './workspace.mjs';

// npm run measure:faults: this project's client, jose and jwks-rsa beside each other while their issuer fails. Each run is
// a process of its own against a fault server on this machine. Linux only. It takes about five minutes.

prepareWorkspace();
const { measureFaults } = await import('./measure-faults/measure-faults.mjs');
await measureFaults();
