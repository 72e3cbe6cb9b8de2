import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepareWorkspace, root, toolCommand } from './workspace.mjs';

// npm run check: format, lint, types, dead code, packages. It changes nothing and says what failed at the end.

prepareWorkspace();

const packages = ['auth0-api-js', 'auth0-express-api', 'auth0-local'].map((name) => join('packages', name));
/** @type {[name: string, command: string[]][]} */
const checks = [
  ['format', toolCommand('prettier', 'prettier', '--check', '.')],
  ['lint and layers', toolCommand('oxlint', 'oxlint', '--type-aware', '--deny-warnings')],
  ['types of tests and examples', toolCommand('typescript', 'tsc', '-p', 'tsconfig.test.json')],
  ['types of the Dashboard', toolCommand('typescript', 'tsc', '-p', 'packages/auth0-local/dashboard')],
  ...['test/types', 'test/types/express-4', 'test/types/plain'].map((project) => [
    `types of ${project}`,
    toolCommand('typescript', 'tsc', '-p', project),
  ]),
  ['dead code', toolCommand('knip', 'knip')],
  ...packages.flatMap((folder) => [
    [`publint ${folder}`, toolCommand('publint', 'publint', '--strict', folder)],
    [
      `attw ${folder}`,
      toolCommand('@arethetypeswrong/cli', 'attw', '--pack', folder, '--profile', 'esm-only'),
    ],
  ]),
];

const failed = checks.filter(([name, [command, ...args]]) => {
  console.log(`\n— ${name}`);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status !== 0;
});

console.log();
for (const [name] of failed) console.error(`Failed: ${name}`);
if (failed.length === 0) console.log('All checks passed.');
process.exitCode = failed.length === 0 ? 0 : 1;
