import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

describe('the types', () => {
  it.each([
    ['with claims of the project, on Express 5', 'test/types'],
    ['with claims of the project, on Express 4', 'test/types/express-4'],
    ['with unknown claims', 'test/types/plain'],
  ])('compile where they should, and only there: %s', (_what, project) => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', project], { cwd: root, encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});
