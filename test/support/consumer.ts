import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './start-process.js';

/** The packages that are published. */
export const packageNames = ['auth0-api-js', 'auth0-express-api'] as const;

/** A project of somebody else's that has installed the tarballs. */
export interface Consumer {
  readonly folder: string;
  /** The files of a package's tarball. */
  list(packageName: string): string[];
  remove(): void;
}

/** What a consumer has installed beside the tarballs; its files are those of this repository. */
const installed = ['cors', 'dotenv', '@types/node', '@types/qs', '@types/serve-static', 'typescript'];

/** Packs the packages and installs them in a new folder, beside the Express of a version. */
export function createConsumer(express: 'express' | 'express-4'): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'));
  const modules = join(folder, 'node_modules');
  const workspaces = packageNames.map((name) => `--workspace=@auth0/${name}`);
  execFileSync('npm', ['pack', '--loglevel=error', '--pack-destination', folder, ...workspaces], {
    cwd: root,
    stdio: 'pipe',
  });

  for (const name of packageNames) {
    const tarball = readdirSync(folder).find(
      (file) => file.startsWith(`auth0-${name}-`) && file.endsWith('.tgz'),
    );
    const target = join(modules, '@auth0', name);
    mkdirSync(target, { recursive: true });
    execFileSync('tar', ['-xzf', join(folder, tarball ?? ''), '-C', target, '--strip-components=1']);
  }
  const link = (from: string, to: string): void => {
    mkdirSync(dirname(join(modules, to)), { recursive: true });
    symlinkSync(from, join(modules, to), 'dir');
  };
  for (const name of installed) {
    if (existsSync(join(root, 'node_modules', name))) link(join(root, 'node_modules', name), name);
  }
  link(join(root, 'node_modules', express), 'express');
  link(join(root, 'node_modules/@types', express), '@types/express');
  const own = join(root, 'packages/auth0-api-js/node_modules/lru-cache');
  link(existsSync(own) ? own : join(root, 'node_modules/lru-cache'), 'lru-cache');

  return {
    folder,
    list: (name) => readdirSync(join(modules, '@auth0', name), { recursive: true }).map(String),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Puts a copy of the quickstart's server into a consumer. */
export function addQuickstart({ folder }: Consumer): void {
  for (const file of ['server.js', 'package.json'])
    cpSync(join(root, 'examples/quickstart', file), join(folder, file));
}
