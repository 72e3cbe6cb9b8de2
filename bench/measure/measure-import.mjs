import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const module = fileURLToPath(new URL('import-process.mjs', import.meta.url));

/**
 * Imports modules in a new process.
 *
 * @param {{ modules: readonly string[], contender?: { file: string, name: string }, settings?: object, token?: string }} what
 * @returns {Promise<{ imports: { wall: number, cpu: number }[], firstToken?: { wall: number, cpu: number } }>} ms: of each
 *   module, those before it being loaded; and of the first token, the verifier's creation with it.
 */
export async function measureImport(what, env = {}) {
  const { stdout } = await execute(process.execPath, [module, JSON.stringify(what)], {
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout);
}

/** Counts the files that Node.js runs where modules are imported: V8 knows, whatever kind of module they are. */
export async function countLoadedFiles(modules) {
  const folder = mkdtempSync(join(tmpdir(), 'loaded-files-'));
  try {
    await measureImport({ modules }, { NODE_V8_COVERAGE: folder });
    const [report] = readdirSync(folder);
    const { result } = JSON.parse(readFileSync(join(folder, report), 'utf8'));
    // The one that is not counted is the process's own.
    return new Set(result.map(({ url }) => url).filter((url) => url.startsWith('file:'))).size - 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
