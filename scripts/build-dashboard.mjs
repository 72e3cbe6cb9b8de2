import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = 'packages/auth0-local';
/** What the built page is made of: its sources, those of the tenant it shares, and the tools of the lockfile. */
const inputs = [`${folder}/dashboard`, `${folder}/src`, 'package-lock.json'];

/**
 * Builds the Dashboard's page where something of it has changed since the last time.
 *
 * @param root - The folder of the repository.
 * @param build - Builds it.
 */
export function buildDashboard(root, build) {
  const record = join(root, 'node_modules/.cache/dashboard-sources');
  const sources = hashFiles(root);
  const isBuilt = existsSync(join(root, folder, 'dist/app/index.html')) && existsSync(record);
  if (isBuilt && readFileSync(record, 'utf8') === sources) return;
  build(join(root, folder, 'dashboard'));
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, sources);
}

function hashFiles(root) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => listFiles(root, input)).sort((a, b) => (a < b ? -1 : 1))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function listFiles(root, input) {
  if (input.includes('.')) return [input];
  return readdirSync(join(root, input), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
