import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from './free-port.js';
import { root, startNode, type ProcessOptions, type RunningProcess } from './start-process.js';

/** The versions of Express the example is run on. */
export const expressVersions = ['Express 5', 'Express 4'] as const;
export type ExpressVersion = (typeof expressVersions)[number];

/** What the API is told about its issuer. */
export interface ApiSettings {
  readonly domain?: string;
  readonly audience?: string;
  readonly express?: ExpressVersion;
}

/** The example's server as a process of its own. */
export interface ApiProcess {
  readonly port: number;
  readonly process: RunningProcess;
}

const server = join(root, 'examples/quickstart/server.js');
const express4 = fileURLToPath(new URL('./express-4.mjs', import.meta.url));

/** Starts the example's server, built packages and all, and waits until it listens. */
export async function startApi(settings: ApiSettings): Promise<ApiProcess> {
  const port = await findFreePort();
  const process = launchApi(port, settings);
  await process.waitFor(`API server running at http://localhost:${port}\n`);
  return { port, process };
}

/** Starts the example's server and does not wait for it. */
export function launchApi(
  port: number,
  { domain, audience, express }: ApiSettings,
  options: ProcessOptions = {},
): RunningProcess {
  const hook = express === 'Express 4' ? ['--import', express4] : [];
  return startNode([...hook, server], {
    ...options,
    // A .env in the example's folder is its reader's, not the tests'.
    env: {
      DOTENV_CONFIG_PATH: 'no-such-file',
      ...options.env,
      PORT: String(port),
      AUTH0_DOMAIN: domain,
      AUTH0_AUDIENCE: audience,
    },
  });
}
