import { startChild } from '../../scripts/faults/start-child.mjs';
import { openConnections } from './open-connections.mjs';

const apps = new URL('../apps/', import.meta.url);
const express4 = new URL('../../test/support/express-4.mjs', import.meta.url);

/**
 * Starts an app in a process of its own, with connections to it that stay open.
 *
 * @param {string} name The file in bench/apps that it is in, without its ending.
 * @param {{ settings: object, version: 4 | 5 }} options What the app is told, and which Express everything in its process
 *   gets that imports `express`: the app, and the router of ours.
 */
export async function startApp(name, { settings, version }) {
  const execArgv = version === 4 ? ['--import', express4.href] : [];
  const child = startChild(new URL(`${name}.mjs`, apps), execArgv);
  const connections = await connectTo(child, settings);
  return {
    /**
     * Sends requests, all to be answered with the same status, and measures what they cost the app.
     *
     * @param {readonly Buffer[]} requests
     * @param {number} status
     * @returns {Promise<{ cpu: number, wall: number }>} µs for each request.
     */
    measure: async (requests, status) => {
      await child.call('begin', requests.length);
      await connections.send(requests, status);
      return child.call('end');
    },
    /** Measures signature checks alone, in the process of the app: µs for each. */
    verifyBare: () => child.call('verifyBare', settings.tokens.length),
    stop: async () => {
      connections.close();
      await child.stop();
    },
  };
}

async function connectTo(child, settings) {
  try {
    return await openConnections({ port: await child.call('listen', settings) });
  } catch (error) {
    await child.stop();
    throw error;
  }
}
