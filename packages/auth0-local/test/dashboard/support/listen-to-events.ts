import { onTestFinished } from 'vitest';
import type { PageBench } from './open-page.js';
import { ownPage } from './start-session.js';

/** An event as a browser would hand it over. */
export interface HeardEvent {
  readonly type: string;
  readonly data: unknown;
  readonly id?: string;
}

/** A page that listens to the tenant's log. */
export interface EventListening {
  readonly status: number;
  readonly headers: Headers;
  /** The next events; waits for them. Heartbeats come as events of the type `heartbeat`. */
  readonly next: (count: number) => Promise<HeardEvent[]>;
  /** Everything until an event of a type, this one included. */
  readonly until: (type: string) => Promise<HeardEvent[]>;
  /** Waits for the end of the connection. */
  readonly ended: () => Promise<void>;
  readonly leave: () => void;
}

/** Listens as the page of a tenant does, until the test is finished. */
export async function listenToEvents(
  { site, cookie }: PageBench,
  { query = '', headers = {} }: { readonly query?: string; readonly headers?: Record<string, string> } = {},
): Promise<EventListening> {
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  const response = await fetch(`${site.url}/dashboard/api/events${query}`, {
    headers: { cookie, ...ownPage, ...headers },
    signal: gone.signal,
  });
  const events = readEvents(response);
  const next = async (): Promise<HeardEvent> => {
    const { value, done } = await events.next();
    if (done) throw new Error('The stream has ended');
    return value;
  };
  return {
    status: response.status,
    headers: response.headers,
    next: async (count) => {
      const heard: HeardEvent[] = [];
      while (heard.length < count) heard.push(await next());
      return heard;
    },
    until: async (type) => {
      const heard: HeardEvent[] = [];
      do heard.push(await next());
      while (heard.at(-1)?.type !== type);
      return heard;
    },
    ended: async () => {
      // Being cut off is an end too.
      while (!(await events.next().catch(() => ({ done: true }))).done);
    },
    leave: () => gone.abort(),
  };
}

async function* readEvents(response: Response): AsyncGenerator<HeardEvent, undefined> {
  let text = '';
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) yield readEvent(block);
  }
  return undefined;
}

function readEvent(block: string): HeardEvent {
  if (block === ':') return { type: 'heartbeat', data: undefined };
  const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]));
  const id = fields.get('id');
  if (fields.has('retry')) return { type: 'retry', data: Number(fields.get('retry')) };
  return {
    type: fields.get('event') ?? 'message',
    data: JSON.parse(fields.get('data') ?? 'null'),
    ...(id !== undefined && { id }),
  };
}
