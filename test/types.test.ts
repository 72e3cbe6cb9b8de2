import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function compile(project: string, ...flags: readonly string[]): SpawnSyncReturns<string> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', project, ...flags], { cwd: root, encoding: 'utf8' });
}

describe('the types', () => {
  it.each([
    ['with claims of the project, on Express 5', 'test/types'],
    ['with claims of the project, on Express 4', 'test/types/express-4'],
    ['with unknown claims', 'test/types/plain'],
  ])('compile where they should, and only there: %s', (_what, project) => {
    const { status, stdout, stderr } = compile(project);
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });

  it.each([
    ['test/types', 'node_modules/@types/express/index.d.ts'],
    ['test/types/express-4', 'node_modules/@types/express-4/index.d.ts'],
  ])('are those of one version of Express in %s', (project, expected) => {
    const files = compile(project, '--listFilesOnly').stdout.split('\n');
    const ofExpress = files.filter((file) => /@types\/express(-4)?\/index\.d\.ts$/.test(file));
    expect(ofExpress).toEqual([join(root, expected)]);
    expect(files.filter((file) => file.startsWith(join(root, 'test/types/')))).not.toEqual([]);
  });
});
