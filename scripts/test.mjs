import { prepareWorkspace, run, toolCommand } from './workspace.mjs';

// npm test: every test this machine can run, or those that the arguments name.

prepareWorkspace();
run(toolCommand('vitest', 'vitest', 'run', ...process.argv.slice(3)));
