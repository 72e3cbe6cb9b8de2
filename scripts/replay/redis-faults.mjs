// What can befall a Redis server: how it begins and how it ends, and what processes must say of it. Between the two no
// proof can be registered.

const counterKey = 'dpop:{0}';
const replaceByList = "redis.call('DEL', KEYS[1]) return redis.call('LPUSH', KEYS[1], 'x')";

export const redisFaults = [
  {
    title: 'paused (CLIENT PAUSE)',
    begin: ({ redis }) => redis.command('CLIENT', 'PAUSE', 600_000, 'WRITE'),
    end: ({ redis }) => redis.command('CLIENT', 'UNPAUSE'),
    reasons: ['replay_store_timeout'],
  },
  {
    title: 'slow: the process stands still (SIGSTOP), in the full run for 5 s',
    lastsLong: true,
    begin: ({ redis }) => redis.suspend(),
    end: ({ redis }) => redis.resume(),
    reasons: ['replay_store_timeout'],
  },
  {
    title: 'full (OOM)',
    begin: ({ redis }) => redis.command('CONFIG', 'SET', 'maxmemory', '1mb'),
    end: ({ redis }) => redis.command('CONFIG', 'SET', 'maxmemory', '0'),
    reasons: ['replay_store_failed'],
  },
  {
    title: 'a replica (READONLY)',
    begin: ({ redis }) => redis.command('REPLICAOF', '127.0.0.1', '1'),
    end: ({ redis }) => redis.command('REPLICAOF', 'NO', 'ONE'),
    reasons: ['replay_store_failed'],
  },
  {
    title: 'killed, and started again without its data',
    begin: ({ redis }) => redis.kill(),
    end: ({ redis }) => redis.start(),
    reasons: ['replay_store_failed', 'replay_store_lost'],
  },
  {
    title: 'killed, and started again with older data',
    prepare: ({ redis }) => redis.command('SAVE'),
    begin: ({ redis }) => redis.kill(),
    end: ({ redis }) => redis.start(),
    reasons: ['replay_store_failed', 'replay_store_lost'],
  },
  {
    title: 'another type at the key of the counter (WRONGTYPE)',
    begin: ({ redis }) => redis.command('EVAL', replaceByList, '1', counterKey),
    end: ({ redis }) => redis.command('DEL', counterKey),
    reasons: ['replay_store_failed', 'replay_store_lost'],
  },
  {
    title: 'shut down, with its data saved, and away when processes start',
    begin: async ({ redis, fleet }) => {
      await redis.command('CONFIG', 'SET', 'shutdown-on-sigterm', 'save');
      await redis.shutDown();
      for (const index of fleet.members.keys()) await fleet.restart(index);
    },
    end: ({ redis }) => redis.start(),
    reasons: ['replay_store_failed'],
  },
  {
    title: 'its scripts are thrown away (SCRIPT FLUSH)',
    begin: ({ redis }) => redis.command('SCRIPT', 'FLUSH'),
    end: () => {},
    reasons: [],
  },
];
