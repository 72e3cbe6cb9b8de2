import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDashboard } from './build-dashboard.mjs';

/** The folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Installs what the lockfile asks for and is missing, and builds what has changed.
 *
 * @param output - Where it says so: `process.stderr` for whoever needs the standard output for something else.
 */
export function prepareWorkspace(output = process.stdout) {
  const step = (title, command) => {
    output.write(`${title} …\n`);
    run(command, output);
  };
  if (!isInstalled()) {
    const command = npmCommand('ci', '--no-audit', '--no-fund', '--loglevel=error');
    step('Installing the dependencies (npm ci)', command);
  }
  step('Building the packages (tsc -b)', toolCommand('typescript', 'tsc', '-b'));
  buildDashboard(root, (folder) => {
    const command = toolCommand('vite', 'vite', 'build', folder, '--logLevel', 'warn');
    step('Building the Dashboard (vite build)', command);
  });
}

/** Runs a command in the repository; what it prints goes to `output`. If it fails, so does this process. */
export function run([command, ...args], output = process.stdout) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['inherit', output, 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

/** The command line of npm, by the Node.js that runs this. */
export function npmCommand(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, script, ...args] : ['npm', ...args];
}

/** The command line of another version of Node.js, which comes from the npm package `node`. */
export function nodeCommand(version, ...args) {
  return npmCommand('exec', '--yes', `--package=node@${version}`, '--loglevel=error', '--', 'node', ...args);
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
