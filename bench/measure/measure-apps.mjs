import { measureKinds } from './measure-kinds.mjs';
import { startApp } from './start-app.mjs';
import { takeTurns } from './take-turns.mjs';

/**
 * Measures Express apps side by side, each in a process of its own.
 *
 * @param {readonly { name: string, file: string, settings: object, kinds: object[], turns: number }[]} contenders `turns` is how many
 *   blocks of each kind there are in a round.
 * @param {{ version: 4 | 5, requests: number, rounds: number, warmUpRounds: number, tell: (text: string) => void }} plan
 *   `requests` is how many a block has.
 * @returns {Promise<Map<string, Record<string, { cpu: number, wall: number }>[]>>} µs for each request, by contender,
 *   round and kind. `bare` is one signature check alone, in the same process and round.
 */
export async function measureApps(contenders, { version, requests, ...turns }) {
  const started = [];
  try {
    for (const { name, file, settings, kinds, turns: turnsEach } of contenders) {
      const app = await startApp(file, { settings, version });
      started.push({
        app,
        name,
        run: async () => ({
          bare: await app.verifyBare(),
          ...(await measureKinds(app, kinds, { requests, turns: turnsEach })),
        }),
      });
    }
    return await takeTurns(started, turns);
  } finally {
    for (const { app } of started) await app.stop();
  }
}
