import { fstatSync } from 'node:fs';
import { CommandError } from './command-error.js';

const mostBytes = 1024 * 1024;

/**
 * What is piped in, once all of it is there. A terminal, or nothing at all, is no pipe; neither is waited for.
 *
 * @throws CommandError: it is more than 1 MiB.
 */
export async function readPipe(): Promise<string | undefined> {
  const input = fstatSync(0);
  if (!input.isFIFO() && !input.isFile() && !input.isSocket()) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes)
      throw new CommandError('More than 1 MiB was piped in, which is more than any command takes');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
