import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`packages/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    // Tests run on the sources; what is built is tested as tarballs and as processes.
    alias: [
      { find: /^@auth0\/auth0-api-js$/, replacement: source('auth0-api-js/src/index.ts') },
      { find: /^@auth0\/auth0-api-js\/adapter$/, replacement: source('auth0-api-js/src/adapter.ts') },
      { find: /^@auth0\/auth0-api-js\/testing$/, replacement: source('auth0-api-js/src/testing/index.ts') },
      { find: /^@auth0\/auth0-express-api$/, replacement: source('auth0-express-api/src/index.ts') },
    ],
  },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: process.env['VECTORS_DIR'] ? [] : ['**/vectors.test.ts'],
    reporters: ['default', './test/count-reporter.ts'],
    testTimeout: 20_000,
  },
});
