import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`packages/${path}`, import.meta.url));

// Tests run on the sources; what is built is tested as tarballs and as processes.
const sources = [
  { find: /^@auth0\/auth0-api-js$/, replacement: source('auth0-api-js/src/index.ts') },
  { find: /^@auth0\/auth0-api-js\/adapter$/, replacement: source('auth0-api-js/src/adapter.ts') },
  { find: /^@auth0\/auth0-api-js\/explain$/, replacement: source('auth0-api-js/src/explain/index.ts') },
  { find: /^@auth0\/auth0-api-js\/testing$/, replacement: source('auth0-api-js/src/testing/index.ts') },
  { find: /^@auth0\/auth0-express-api$/, replacement: source('auth0-express-api/src/index.ts') },
  { find: /^auth0-local$/, replacement: source('auth0-local/src/index.ts') },
];
const express4 = { find: /^express$/, replacement: 'express-4' };
const edgeTests = ['packages/auth0-express-api/test/**/*.test.ts'];

/** What a test may take on a busy machine. Projects do not inherit it. */
const testTimeout = 20_000;

export default defineConfig({
  test: {
    reporters: ['default', './test/count-reporter.ts'],
    projects: [
      {
        resolve: { alias: sources },
        test: {
          name: 'core',
          testTimeout,
          include: ['packages/auth0-api-js/test/**/*.test.ts'],
          // The published vectors are an extra suite for machines that have them.
          exclude: process.env['VECTORS_DIR'] ? [] : ['**/vectors.test.ts'],
        },
      },
      { resolve: { alias: sources }, test: { name: 'express 5', include: edgeTests, testTimeout } },
      {
        resolve: { alias: [...sources, express4] },
        test: { name: 'express 4', include: edgeTests, testTimeout },
      },
      {
        resolve: { alias: sources },
        test: {
          name: 'tenant',
          include: ['packages/auth0-local/test/**/*.test.ts'],
          testTimeout: 60_000,
          // A page that is drawn while other tests run takes its time.
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        resolve: { alias: sources },
        test: { name: 'repository', include: ['test/**/*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
});
