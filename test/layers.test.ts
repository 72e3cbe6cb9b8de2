import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './support/start-process.js';

describe('the linter', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'layers-'));
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    for (const name of ['auth0-api-js', 'auth0-express-api']) {
      cpSync(join(root, 'packages', name, 'src'), join(folder, 'packages', name, 'src'), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function lint(): { isClean: boolean; output: string } {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/oxlint/bin/oxlint'), 'packages'],
      { cwd: folder, encoding: 'utf8' },
    );
    return { isClean: status === 0, output: stdout };
  }

  it('finds nothing in the packages as they are', () => {
    expect(lint()).toMatchObject({ isClean: true });
  });

  it.each([
    ['auth0-api-js/src/planted.ts', `import 'express';`],
    ['auth0-api-js/src/verify/planted.ts', `import 'express';`],
    ['auth0-api-js/src/verify/planted.ts', `import '@auth0/auth0-express-api';`],
    ['auth0-api-js/src/planted.ts', `import '../../auth0-express-api/src/index.js';`],
    ['auth0-api-js/src/verify/planted.ts', `import '../testing/index.js';`],
    ['auth0-api-js/src/planted.ts', `import './testing/index.js';`],
    ['auth0-api-js/src/testing/planted.ts', `import 'express';`],
    ['auth0-express-api/src/planted.ts', `import '@auth0/auth0-api-js/testing';`],
    ['auth0-express-api/src/planted.ts', `import '../../auth0-api-js/src/errors.js';`],
    ['auth0-express-api/src/planted.ts', `import 'node:crypto';`],
    ['auth0-local/dashboard/api/planted.ts', `export { createApi } from '../../src/tenant/apis.ts';`],
    ['auth0-local/dashboard/api/planted.ts', `import 'node:fs';`],
    ['auth0-express-api/src/planted.ts', 'export const line = 1;\n'.repeat(251)],
  ])('stops what points the wrong way or grows too long: %s', (path, code) => {
    const file = join(folder, 'packages', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    const { isClean, output } = lint();
    rmSync(file);
    expect(isClean).toBe(false);
    expect(output).toContain('planted.ts');
  });
});
