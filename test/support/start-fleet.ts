import type { OutgoingHttpHeaders } from 'node:http';

/** What came of a request. */
export interface Outcome {
  /** `accepted`, `replayed`, `nonce required`, another status, or the code of a connection that failed. */
  readonly verdict: string;
  /** The nonce of the answer. */
  readonly nonce: string | undefined;
}

/** Processes of one API, as the campaign starts them, too. */
export interface Fleet {
  readonly members: readonly {
    readonly child: { call(name: string, ...args: unknown[]): Promise<unknown> };
  }[];
  /** The headers of a request with a proof that no other has. */
  headers(nonce?: string): OutgoingHttpHeaders;
  ask(member: number, headers: OutgoingHttpHeaders): Promise<Outcome>;
  restart(member: number): Promise<void>;
  stop(): Promise<void>;
}

interface FleetSettings {
  readonly size: number;
  /** Without it each process remembers proofs by itself. */
  readonly redisUrl?: string;
  readonly dpop?: object;
  readonly replay?: object;
}

const module = new URL('../../scripts/replay/start-fleet.mjs', import.meta.url).href;

/** Starts processes of the built packages, half of them with `redis`, half with `ioredis`. */
export const { startFleet } = (await import(module)) as {
  startFleet: (settings: FleetSettings) => Promise<Fleet>;
};
