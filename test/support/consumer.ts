import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './start-process.js';

/** The packages that are published, and where each has its folder. */
export const packages: Readonly<Record<string, string>> = {
  '@auth0/auth0-api-js': 'packages/auth0-api-js',
  '@auth0/auth0-express-api': 'packages/auth0-express-api',
  'auth0-local': 'packages/auth0-local',
};

/** A project of somebody else's that has installed the tarballs. */
export interface Consumer {
  readonly folder: string;
  /** The files of a package's tarball. */
  list(packageName: string): string[];
  remove(): void;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
}

/** What a consumer has installed beside the tarballs; its files are those of this repository. */
const installed = [
  '@auth0/auth0-spa-js',
  'cors',
  'dotenv',
  'redis',
  '@types/node',
  '@types/qs',
  '@types/serve-static',
  'typescript',
];

/** Packs the packages and installs them in a new folder, beside the Express of a version. */
export function createConsumer(express: 'express' | 'express-4'): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'));
  const modules = join(folder, 'node_modules');
  const link = (from: string, to: string): void => {
    if (existsSync(join(modules, to))) return;
    mkdirSync(dirname(join(modules, to)), { recursive: true });
    symlinkSync(from, join(modules, to));
  };

  link(join(root, 'node_modules', express), 'express');
  link(join(root, 'node_modules/@types', express), '@types/express');
  for (const name of installed) {
    if (existsSync(join(root, 'node_modules', name))) link(join(root, 'node_modules', name), name);
  }
  packInto(folder);
  for (const [name, source] of Object.entries(packages)) {
    unpack(findTarball(folder, name), join(modules, name));
    const { dependencies = {}, bin = {} } = readManifest(join(modules, name));
    for (const dependency of Object.keys(dependencies)) {
      if (!(dependency in packages)) link(findInstalled(source, dependency), dependency);
    }
    for (const [command, file] of Object.entries(bin)) {
      chmodSync(join(modules, name, file), 0o755);
      link(join('..', name, file), join('.bin', command));
    }
  }

  return {
    folder,
    list: (name) => readdirSync(join(modules, name), { recursive: true }).map(String),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Puts a copy of the quickstart's server into a consumer. */
export function addQuickstart({ folder }: Consumer): void {
  for (const file of ['server.js', 'package.json'])
    cpSync(join(root, 'examples/quickstart', file), join(folder, file));
}

/** Puts a copy of examples/dpop into a consumer. */
export function addDpopExample({ folder }: Consumer): void {
  for (const file of ['server.js', 'page.js', 'public', 'package.json', 'seed.json', '.env.example'])
    cpSync(join(root, 'examples/dpop', file), join(folder, file), { recursive: true });
}

function packInto(folder: string): void {
  const workspaces = Object.keys(packages).map((name) => `--workspace=${name}`);
  execFileSync('npm', ['pack', '--loglevel=error', '--pack-destination', folder, ...workspaces], {
    cwd: root,
    stdio: 'pipe',
  });
}

function findTarball(folder: string, name: string): string {
  const start = `${name.replace('@', '').replace('/', '-')}-`;
  const file = readdirSync(folder).find(
    (entry) => entry.endsWith('.tgz') && entry.startsWith(start) && /^\d/.test(entry.slice(start.length)),
  );
  return join(folder, file ?? start);
}

function unpack(tarball: string, target: string): void {
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** A package's own version of a dependency, where it has one. */
function findInstalled(source: string, dependency: string): string {
  const own = join(root, source, 'node_modules', dependency);
  return existsSync(own) ? own : join(root, 'node_modules', dependency);
}
