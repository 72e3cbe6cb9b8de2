import { ReplayStoreError } from './replay-store.js';

const forbidden =
  'its user may not do that. Allow it SET, EVAL, INFO, TIME, HSET, HSETNX, HGET, HINCRBY, PTTL and PEXPIRE on keys of the prefix';

/** What an error code of a server means here, and what helps. */
const causes: ReadonlyMap<string, string> = new Map([
  ['OOM', 'its memory is full. Give it more; "maxmemory-policy" must stay "noeviction"'],
  [
    'READONLY',
    'it is a replica, which takes no writes. Connect to the primary, or use sentinels or a cluster',
  ],
  ['WRONGTYPE', 'a key is in use by something else. Give the store a "prefix" of its own'],
  ['not an integer', 'a key is in use by something else. Give the store a "prefix" of its own'],
  ['NOAUTH', 'it asks for a password. Give the client its credentials'],
  ['WRONGPASS', 'it does not take the password. Give the client its credentials'],
  ['NOPERM', forbidden],
  ["can't run this command", forbidden],
  ['LOADING', 'it is reading its data and answers soon'],
  ['MISCONF', 'it cannot save its data and takes no writes. See its log'],
  ['NOREPLICAS', 'too few replicas are up for "min-replicas-to-write"'],
  ['MASTERDOWN', 'its primary is away'],
  ['CLUSTERDOWN', 'the cluster is down, or a part of its slots is not served'],
  ['CROSSSLOT', 'the prefix makes keys that belong together land in different slots'],
  ['MOVED', 'it is part of a cluster. Use createCluster() of redis, or Cluster of ioredis'],
  ['BUSY', 'a script of somebody keeps it busy'],
]);

const failed = 'Redis did not register a proof';

/** Says what an error of a client or a server means for the store. The error's own text stays out. */
export function describeRedisFailure(error: unknown): ReplayStoreError {
  const text = error instanceof Error ? `${error.name} ${error.constructor.name} ${error.message}` : '';
  const cause = [...causes].find(([word]) => text.includes(word))?.[1] ?? describeConnection(error, text);
  return new ReplayStoreError('replay_store_failed', `${failed}: ${cause}.`);
}

function describeConnection(error: unknown, text: string): string {
  if (text.includes('ClientClosedError'))
    return 'the client is not connected. Call its connect() at start-up';
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  const kind =
    typeof code === 'string' ? code : error instanceof Error ? error.constructor.name : typeof error;
  return `${notReached}${kind === 'Error' ? '' : ` (${kind})`}. ${checkIt}`;
}

const notReached = 'it cannot be reached';
const checkIt = 'Check that it is up, and that the client is connected';

/** The client knows that it has no connection at the moment. */
export function notConnected(): ReplayStoreError {
  return new ReplayStoreError('replay_store_failed', `${failed}: ${notReached}. ${checkIt}.`);
}
