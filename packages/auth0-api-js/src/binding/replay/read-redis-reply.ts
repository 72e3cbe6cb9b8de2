import { ReplayStoreError } from './replay-store.js';

/** What a server says of a counter. */
export interface CounterReply {
  readonly count: number;
  /** It is another one where the counter was made anew. */
  readonly epoch: string;
  /** It is another one where the server was started again, or another server answers. Empty where it does not say. */
  readonly run: string;
  /** The server's time, rounded up, in seconds since 1970. */
  readonly seconds: number;
}

/** Reads what `SET … NX` answered: whether the key was free. Clients can be told to give texts as bytes. */
export function readTaken(reply: unknown): boolean {
  if (reply === null) return false;
  if (readText(reply) === 'OK') return true;
  throw unknownReply();
}

/** Reads what the script of a counter answered. Clients can be told to give numbers as texts. */
export function readCounter(reply: unknown): CounterReply {
  if (!Array.isArray(reply)) throw unknownReply();
  const [count, epoch, seconds, run] = reply as readonly unknown[];
  if (run === null) throw untoldRun();
  return {
    count: readNumber(count),
    epoch: String(readText(epoch)),
    run: String(readText(run)),
    seconds: readNumber(seconds),
  };
}

function readNumber(reply: unknown): number {
  const number = Number(readText(reply));
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw unknownReply();
}

function readText(reply: unknown): string | number | bigint | undefined {
  if (Buffer.isBuffer(reply)) return reply.toString('latin1');
  return typeof reply === 'string' || typeof reply === 'number' || typeof reply === 'bigint'
    ? reply
    : undefined;
}

function untoldRun(): ReplayStoreError {
  const what = 'Redis did not register a proof: its user may not ask whether the server was started again.';
  const cure = 'Allow it INFO ("ACL SETUSER … +info").';
  return new ReplayStoreError('replay_store_failed', `${what} ${cure}`);
}

function unknownReply(): ReplayStoreError {
  const what = 'Redis answered with something that is no answer to SET or EVAL.';
  const cure =
    'Is the client changed to give other values, or does something stand between it and the server?';
  return new ReplayStoreError('replay_store_failed', `${what} ${cure}`);
}
