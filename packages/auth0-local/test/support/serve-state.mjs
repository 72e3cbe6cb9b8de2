import { createTenant } from '../../dist/index.js';

// A tenant as a process that can be killed: it keeps its state in the folder of its first argument.

const tenant = await createTenant({ dataDir: process.argv[2], port: 0, httpsPort: 0 });
process.send({ domain: tenant.domain, token: await tenant.managementToken() });
