import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { npmCommand, prepareWorkspace, root } from './workspace.mjs';

// npm run pack: the tarballs of the packages, and the line that installs them in another project.

const folder = join(root, 'dist');
const names = ['@auth0/auth0-api-js', '@auth0/auth0-express-api', 'auth0-local'];

prepareWorkspace();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);

const [command, ...args] = npmCommand('pack', '--json', '--loglevel=error', '--pack-destination', folder);
const { status, stdout, stderr } = spawnSync(
  command,
  [...args, ...names.map((name) => `--workspace=${name}`)],
  {
    cwd: root,
    encoding: 'utf8',
  },
);
if (status !== 0) {
  console.error(stderr);
  process.exit(1);
}

// npm 11 prints a list, npm 12 an object by package name.
const packed = Object.values(JSON.parse(stdout));
const tarballs = names.map((name) => join(folder, packed.find((entry) => entry.name === name).filename));
for (const tarball of tarballs) console.log(relative(root, tarball));
console.log(`\nIn another project:\n\nnpm install ${tarballs.join(' ')} express\n`);
