import { prepareWorkspace } from './workspace.mjs';

// npm run campaign: the long floods and outages. `npm run campaign -- --quick` does all of them in less than a minute.

prepareWorkspace();
const { runCampaign } = await import('./campaign/run-campaign.mjs');
await runCampaign({ isQuick: process.argv.includes('--quick') });
