import { spawnSync } from 'node:child_process';
import { readBenchOptions } from '../bench/read-bench-options.mjs';
import { nodeCommand, prepareWorkspace, root } from './workspace.mjs';

// npm run bench: this project and others side by side. bench/README.md says how; `-- --quick` is done in two minutes,
// `-- --only verification` measures one suite, `-- --json` prints numbers, `-- --node 24` takes another version of Node.js.

const { node, ...options } = readBenchOptions(process.argv.slice(3));
if (node === undefined) await measureHere(options);
else measureOn(node, options);

async function measureHere(given) {
  prepareWorkspace(process.stderr);
  const { runBench } = await import('../bench/run-bench.mjs');
  await runBench(given);
}

function measureOn(version, { isQuick, isJson, only }) {
  const [command, ...args] = nodeCommand(
    version,
    'scripts/run.cjs',
    'bench',
    ...(isQuick ? ['--quick'] : []),
    ...(isJson ? ['--json'] : []),
    ...only.flatMap((name) => ['--only', name]),
  );
  process.exitCode = spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}
