import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsumer, packages, type Consumer } from './support/consumer.js';
import { root } from './support/start-process.js';

describe('the tarballs', () => {
  let consumer: Consumer;

  beforeAll(() => {
    consumer = createConsumer('express');
    writeFileSync(join(consumer.folder, 'package.json'), '{ "type": "module" }');
    cpSync(join(root, 'test/consumers'), consumer.folder, { recursive: true });
  });

  afterAll(() => consumer.remove());

  const run = (...args: string[]): string =>
    execFileSync(process.execPath, args, { cwd: consumer.folder, encoding: 'utf8' });

  it('work in ESM JavaScript', () => {
    expect(run('api.mjs')).toBe('200 401\n');
  });

  it('work in CommonJS through require', () => {
    expect(run('api.cjs')).toBe('200 401\n');
  });

  it.each([
    ['nodenext', ['--module', 'nodenext']],
    ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ])('work in TypeScript with the resolution of %s', (name, options) => {
    const strict = [
      '--strict',
      '--exactOptionalPropertyTypes',
      '--target',
      'es2023',
      '--types',
      'node',
      '--outDir',
      name,
    ];
    expect(run('node_modules/typescript/bin/tsc', ...strict, ...options, 'api.ts')).toBe('');
    expect(run(`${name}/api.js`)).toBe('200 401\n');
  });

  it.each(Object.keys(packages))('hold what they should: %s', (name) => {
    const files = consumer.list(name);
    expect(files).toEqual(
      expect.arrayContaining([
        'README.md',
        'CHANGELOG.md',
        'LICENSE',
        'package.json',
        'dist/index.js',
        'dist/index.d.ts',
        'src/index.ts',
      ]),
    );
    expect(files.filter((file) => /tsbuildinfo|(^|\/)test\/|node_modules/.test(file))).toEqual([]);
  });

  it('hold the Dashboard as it was built, and not what it is built from', () => {
    const files = consumer.list('auth0-local');
    expect(files).toContain('dist/app/index.html');
    expect(files.filter((file) => /^dist\/app\/assets\/.*\.js$/.test(file))).toHaveLength(1);
    expect(files.filter((file) => file.endsWith('.tsx'))).toEqual([]);
  });
});
