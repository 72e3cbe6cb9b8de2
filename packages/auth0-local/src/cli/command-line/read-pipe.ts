import { fstatSync, readFileSync } from 'node:fs';

/** What is piped in. A terminal, or nothing at all, is no pipe; neither is waited for. */
export function readPipe(): string | undefined {
  const input = fstatSync(0);
  return input.isFIFO() || input.isFile() || input.isSocket() ? readFileSync(0, 'utf8') : undefined;
}
