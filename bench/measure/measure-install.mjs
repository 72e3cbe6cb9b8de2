import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npmCommand, root } from '../../scripts/workspace.mjs';

/**
 * What npm puts on the disk for some packages and everything in the closure of their `dependencies`. What they expect to be
 * there already (peers) does not count.
 *
 * @param {readonly string[]} names Packages that are installed in this workspace.
 * @returns {{ packages: number, bytes: number, codeBytes: number }} `codeBytes`: of the files that Node.js can run.
 */
export function measureInstall(names) {
  const folders = [...collectFolders(names, root, new Set())];
  const files = folders.flatMap(listFiles);
  return {
    packages: folders.length,
    bytes: sumSizes(files),
    codeBytes: sumSizes(files.filter(({ path }) => /\.[cm]?js$/.test(path))),
  };
}

function collectFolders(names, from, found) {
  for (const name of names) {
    const folder = findPackage(name, from);
    if (found.has(folder)) continue;
    found.add(folder);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    collectFolders(Object.keys(dependencies), folder, found);
  }
  return found;
}

/** Finds a package as Node.js does: in the nearest `node_modules` that has it. */
function findPackage(name, from) {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return realpathSync(folder);
  if (dirname(from) === from) throw new Error(`${name} is not installed. Run npm ci`);
  return findPackage(name, dirname(from));
}

/** A package of this workspace has more in its folder than is published. */
function listFiles(folder) {
  return folder.split('/').includes('node_modules') ? listInstalled(folder) : listPublished(folder);
}

/** Without what is nested: those are packages of their own. */
function listInstalled(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listInstalled(path);
    return [{ path, size: statSync(path).size }];
  });
}

function listPublished(folder) {
  const [command, ...args] = npmCommand(
    'pack',
    '--dry-run',
    '--json',
    '--ignore-scripts',
    '--loglevel=error',
  );
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm pack failed in ${folder}: ${stderr}`);
  // npm 11 prints a list, npm 12 an object by package name.
  const [{ files }] = Object.values(JSON.parse(stdout));
  return files;
}

function sumSizes(files) {
  return files.reduce((sum, { size }) => sum + size, 0);
}
