import { startChild } from '../faults/start-child.mjs';
import { createAsker } from './create-asker.mjs';
import { createCaller } from './create-caller.mjs';

const module = new URL('./api-process.mjs', import.meta.url);

/**
 * Starts processes of one API, every other one with the client library `redis`, the others with `ioredis`; and a client
 * that sends its requests to any of them.
 *
 * @param {{ size: number, redisUrl?: string, dpop?: object, replay?: object }} settings Without `redisUrl` each remembers
 *   proofs by itself.
 */
export async function startFleet({ size, redisUrl, dpop = {}, replay }) {
  const caller = await createCaller();
  const asker = createAsker();
  const startOne = async (index) => {
    const library = index % 2 === 0 ? 'redis' : 'ioredis';
    const child = startChild(module);
    const port = await child.call('listen', {
      trust: caller.trust,
      dpop: { ...caller.dpop, ...dpop },
      ...(redisUrl !== undefined && { redis: { library, url: redisUrl }, replay }),
    });
    return { child, port, isDown: false };
  };
  const members = await Promise.all(Array.from({ length: size }, (_, index) => startOne(index)));
  return {
    members,
    headers: caller.headers,
    bearerHeaders: caller.bearerHeaders,
    /** Sends a request to one of them. */
    ask: (index, headers, path = '/') => asker.ask({ port: members[index].port, path, headers }),
    /** Ends one of them at once, and starts another in its place. */
    restart: async (index) => {
      members[index].isDown = true;
      await members[index].child.stop();
      members[index] = await startOne(index);
    },
    stop: async () => {
      asker.close();
      await Promise.all(members.map(({ child }) => child.stop()));
    },
  };
}
