import { spawnSync } from 'node:child_process';
import { isNodeVersion } from './is-node-version.mjs';
import { fail } from './ports.mjs';
import { nodeCommand, prepareWorkspace, root, toolCommand } from './workspace.mjs';

// npm run test:node -- 22 24 26: the suites of the packages on other versions of Node.js, from the npm package `node`.

const versions = process.argv.slice(3);
if (versions.length === 0 || !versions.every(isNodeVersion)) {
  fail('Name the versions of Node.js to test on, like: npm run test:node -- 22 24 26');
}

prepareWorkspace();

const [, ...vitest] = toolCommand('vitest', 'vitest', 'run', 'packages');
const results = versions.map((version) => {
  console.log(`\nNode.js ${version}`);
  const [command, ...args] = nodeCommand(version, ...vitest);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  return { version, isPassed: status === 0 };
});

console.log();
for (const { version, isPassed } of results)
  console.log(`Node.js ${version}: ${isPassed ? 'passed' : 'FAILED'}`);
process.exitCode = results.every(({ isPassed }) => isPassed) ? 0 : 1;
