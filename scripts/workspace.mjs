import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDashboard } from './build-dashboard.mjs';

/** The folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs what the lockfile asks for and is missing, and builds what has changed. */
export function prepareWorkspace() {
  if (!isInstalled()) {
    console.log('Installing the dependencies (npm ci) …');
    run(npmCommand('ci', '--no-audit', '--no-fund', '--loglevel=error'));
  }
  console.log('Building the packages (tsc -b) …');
  run(toolCommand('typescript', 'tsc', '-b'));
  buildDashboard(root, (folder) => {
    console.log('Building the Dashboard (vite build) …');
    run(toolCommand('vite', 'vite', 'build', folder, '--logLevel', 'warn'));
  });
}

/** Runs a command in the repository. If it fails, so does this process. */
export function run([command, ...args]) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** The command line of npm, by the Node.js that runs this. */
export function npmCommand(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, script, ...args] : ['npm', ...args];
}

/** The command line of an installed tool, by the Node.js that runs this. */
export function toolCommand(packageName, tool, ...args) {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return [process.execPath, join(folder, typeof bin === 'string' ? bin : bin[tool]), ...args];
}

/** npm leaves a lockfile of its own behind: what it says is what is installed. */
function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(installed);
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === '' ||
      optional ||
      link ||
      !path.startsWith('node_modules/') ||
      present[path]?.version === version,
  );
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
