#!/usr/bin/env node
import { existsSync } from 'node:fs';

// Committed as it is, so that `npm ci` can link it before anything is built.
const main = new URL('../dist/cli/main.js', import.meta.url);

if (existsSync(main)) {
  const { runCommandLine } = await import(main.href);
  await runCommandLine(process.argv);
} else {
  console.error('The auth0 command is not built yet. Run: npm run build');
  process.exitCode = 1;
}
