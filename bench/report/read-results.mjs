import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads what was measured, each `node-*.json` of a folder.
 *
 * @param {string} folder
 * @returns {{ date: string, machine: string, node: string, suites: object[] }[]} The oldest version of Node.js first.
 */
export function readResults(folder) {
  const files = readdirSync(folder).filter((name) => /^node-\d+\.json$/.test(name));
  if (files.length === 0) throw new Error(`${folder} has no node-*.json. \`npm run bench\` writes one.`);
  return files
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .sort((one, other) => one.node.localeCompare(other.node, 'en', { numeric: true }));
}
