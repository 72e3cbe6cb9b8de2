import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTenant, type RunningTenant, type Seed } from 'auth0-local';
import { findFreePort } from './free-port.js';
import { root, startNode, type RunningProcess } from './start-process.js';

const folder = join(root, 'examples/dpop');

/** The identifier of the example's API. */
export const dpopAudience = 'https://my-dpop-api.example.com';

/** The application of the example's seed that acts for itself. */
export const worker = {
  client_id: 'MyDpopWorker00000000000000000001',
  client_secret: 'known-to-everybody-and-good-on-this-machine-only',
} as const;

/** The application of the example's seed that is the page, and a user who logs in there. */
export const pageClientId = 'MyDpopPageForUsers00000000000001';
export const dpopUser = {
  email: 'user@example.com',
  password: 'local-user-password',
  name: 'Una User',
} as const;

/** How the example's API is started. */
export interface DpopApiOptions {
  readonly domain: string;
  /** Asks for nonces. */
  readonly nonceSecret?: string;
  readonly redisUrl?: string;
  /** Where the example was copied to. */
  readonly cwd?: string;
}

/** A process of the example, and where it serves. */
export interface ServedProcess {
  readonly url: string;
  readonly process: RunningProcess;
}

/** A tenant that is filled as the example says, for a page at this address. */
export function createDpopTenant(pageUrl = 'http://localhost:3000'): Promise<RunningTenant> {
  const text = readFileSync(join(folder, 'seed.json'), 'utf8');
  const seed = JSON.parse(text.replaceAll('http://localhost:3000', pageUrl)) as Seed;
  return createTenant({ ephemeral: true, seed });
}

/** Starts the example's API with the environment of its `.env.example`, and waits until it listens. */
export async function startDpopApi(options: DpopApiOptions): Promise<ServedProcess> {
  const port = await findFreePort();
  const process = startNode(['server.js'], {
    cwd: options.cwd ?? folder,
    env: {
      DOTENV_CONFIG_PATH: '.env.example',
      AUTH0_DOMAIN: options.domain,
      PORT: String(port),
      DPOP_NONCE_SECRET: options.nonceSecret,
      REDIS_URL: options.redisUrl,
    },
  });
  await process.waitFor(`API server running at http://localhost:${port}\n`);
  return { url: `http://localhost:${port}`, process };
}

/** Starts the example's page for an API at this address, and waits until it listens. */
export async function startDpopPage(port: number, domain: string, apiUrl: string): Promise<ServedProcess> {
  const process = startNode(['page.js'], {
    cwd: folder,
    env: {
      DOTENV_CONFIG_PATH: '.env.example',
      AUTH0_DOMAIN: domain,
      API_URL: apiUrl,
      PAGE_PORT: String(port),
    },
  });
  await process.waitFor(`Page at http://localhost:${port}\n`);
  return { url: `http://localhost:${port}`, process };
}
