import express from 'express';
import { connect } from 'node:net';
import { once } from 'node:events';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { serveEvents } from '../../src/dashboard/events.js';
import { listen } from '../../src/listen.js';
import type { LogEntry } from '../../src/log/tenant-log.js';
import { clearStore } from '../../src/store/store.js';
import { startTrialTenant } from '../support/trial-tenant.js';
import { listenToEvents, type HeardEvent } from './support/listen-to-events.js';
import { openPageForTest, type PageBench } from './support/open-page.js';
import { startSession } from './support/start-session.js';

const types = (events: readonly HeardEvent[]): string[] => events.map(({ type }) => type);
const names = (entries: unknown): string =>
  (entries as LogEntry[]).map(({ user_id: name }) => name).join(' ');

describe('GET /dashboard/api/events', () => {
  let page: PageBench;
  let followers: number;

  beforeEach(async () => {
    page = await openPageForTest();
    followers = 0;
    const { log } = page.tenant;
    const follow = log.follow.bind(log);
    log.follow = (listener) => {
      const stop = follow(listener);
      followers += 1;
      return () => {
        followers -= 1;
        stop();
      };
    };
  });

  const write = (...userIds: readonly string[]): LogEntry[] =>
    userIds.map((name) => page.tenant.log.write({ type: 's', user_id: name }));
  const writeMany = (count: number, description = ''): void =>
    page.tenant.store.transaction(() => {
      for (let index = 0; index < count; index++)
        page.tenant.log.write({ type: 's', user_id: String(index), description });
    });
  /** Waits for what happens in this process when a connection has ended. */
  const haveLeft = async (): Promise<void> => {
    await expect.poll(() => followers, { interval: 5, timeout: 10_000 }).toBe(0);
  };

  it('is a stream of events that nobody keeps or collects', async () => {
    const { status, headers, next } = await listenToEvents(page);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/event-stream');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(await next(2)).toEqual([
      { type: 'retry', data: 1000 },
      { type: 'caught-up', data: {} },
    ]);
  });

  it('gives what is kept, the newest first, and then what happens', async () => {
    const kept = write('a', 'b', 'c');
    const { next, until } = await listenToEvents(page);
    const [, backlog, caughtUp] = await until('caught-up');
    expect(backlog).toEqual({ type: 'backlog', data: kept.toReversed() });
    expect(caughtUp).toEqual({ type: 'caught-up', data: {}, id: kept[2]?.log_id });
    const entries = write('d', 'e');
    expect(await next(2)).toEqual(entries.map((data) => ({ type: 'entry', data, id: data.log_id })));
  });

  it('gives what happens where nothing has happened before', async () => {
    const { next, until } = await listenToEvents(page);
    await until('caught-up');
    write('first');
    expect(names((await next(1)).map(({ data }) => data))).toBe('first');
  });

  it('gives all that is kept, at most 500 events at once', async () => {
    writeMany(10_300);
    const { until } = await listenToEvents(page);
    const backlog = (await until('caught-up')).filter(({ type }) => type === 'backlog');
    const parts = backlog.map(({ data }) => data as LogEntry[]);
    expect(parts.map(({ length }) => length)).toEqual([...Array<number>(20).fill(500), 300]);
    expect(parts.flat()).toEqual(page.tenant.log.list().toReversed());
  });

  it.each([
    ['Last-Event-ID', (id: string) => ({ headers: { 'last-event-id': id } })],
    ['?after=', (id: string) => ({ query: `?after=${id}` })],
    [
      'both, of which the header is newer',
      (id: string) => ({ query: '?after=x', headers: { 'last-event-id': id } }),
    ],
  ])('goes on after the event that a page has heard last: %s', async (_how, createRequest) => {
    const [, b] = write('a', 'b', 'c', 'd');
    const { until, next } = await listenToEvents(page, createRequest(b?.log_id ?? ''));
    const heard = await until('caught-up');
    expect(types(heard)).toEqual(['retry', 'entry', 'entry', 'caught-up']);
    expect(names(heard.slice(1, 3).map(({ data }) => data))).toBe('c d');
    expect(heard[3]?.id).toBe(heard[2]?.id);
    write('e');
    expect(names((await next(1)).map(({ data }) => data))).toBe('e');
  });

  it('goes on after thousands of events', async () => {
    const [first] = write('first');
    writeMany(2500);
    const { until } = await listenToEvents(page, { query: `?after=${first?.log_id}` });
    const heard = await until('caught-up');
    expect(names(heard.slice(1, -1).map(({ data }) => data))).toBe(
      Array.from({ length: 2500 }, (_, index) => index).join(' '),
    );
  });

  it('is for so many windows at once, and for others when some are closed', async () => {
    const streams = await Promise.all(Array.from({ length: 64 }, () => listenToEvents(page)));
    expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await listenToEvents(page)).status).toBe(503);
    streams[0]?.leave();
    await expect.poll(async () => (await listenToEvents(page)).status).toBe(200);
  });

  it('tells who asks for the headers only at once, and keeps no window from it', async () => {
    for (let count = 0; count < 65; count++) {
      const { status, headers } = await page.askAsPage('HEAD', '/events');
      expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    }
    expect((await listenToEvents(page)).status).toBe(200);
  });

  it('ends with the first event of a tenant that was reset: it says nothing of the old ones', async () => {
    write('a');
    const { until, ended } = await listenToEvents(page);
    await until('caught-up');
    clearStore(page.tenant.store);
    write('b');
    await ended();
  });

  it('starts over where the event that a page has heard last is not kept', async () => {
    write('a');
    for (const query of ['?after=gone', `?after=${'x'.repeat(5000)}`, '?after=%27%3B--']) {
      const { until, leave } = await listenToEvents(page, { query });
      expect(types(await until('caught-up'))).toEqual(['retry', 'reset', 'backlog', 'caught-up']);
      leave();
    }
  });

  it('loses nothing that happens while it sends what is kept', async () => {
    // More than the system takes for a connection that nobody reads.
    writeMany(10_000, 'x'.repeat(1000));
    const { next, until } = await listenToEvents(page);
    await next(1);
    write('meanwhile');
    const heard = await until('caught-up');
    expect(heard.filter(({ type }) => type === 'backlog')).toHaveLength(20);
    expect(names(heard.filter(({ type }) => type === 'entry').map(({ data }) => data))).toBe('meanwhile');
    write('later');
    expect(names((await next(1)).map(({ data }) => data))).toBe('later');
  });

  it('has no lines that events could bring with them', async () => {
    const { next, until } = await listenToEvents(page);
    await until('caught-up');
    const entry = page.tenant.log.write({ type: 'f', description: 'a\n\nevent: reset\ndata: {}\r\r\u2028' });
    expect(await next(1)).toEqual([{ type: 'entry', data: entry, id: entry.log_id }]);
  });

  it('lets go of the log when the page has gone', async () => {
    const pages = await Promise.all([listenToEvents(page), listenToEvents(page)]);
    for (const { until } of pages) await until('caught-up');
    expect(followers).toBe(2);
    for (const { leave } of pages) leave();
    await haveLeft();
    write('nobody hears it');
  });

  it('hangs up on a page that does not read, whose events would fill the memory', async () => {
    const { until, next } = await listenToEvents(page);
    await until('caught-up');
    const { port } = new URL(page.site.url);
    const socket = connect(Number(port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.write(
      `GET /dashboard/api/events HTTP/1.1\r\nHost: localhost:${port}\r\nSec-Fetch-Site: same-origin\r\nCookie: ${page.cookie}\r\n\r\n`,
    );
    await once(socket, 'readable');
    await expect.poll(() => followers, { interval: 5 }).toBe(2);
    // The other page reads all of it meanwhile.
    const text = 'x'.repeat(1000);
    for (let round = 0; followers === 2 && round < 200; round++) {
      for (let count = 0; count < 100; count++)
        page.tenant.log.write({ type: 's', description: text, user_name: text, client_name: text });
      await next(100);
    }
    expect(followers).toBe(1);
    const ended = once(socket, 'close');
    socket.on('error', () => {}).resume();
    await ended;
  });

  it('ends with the tenant', async () => {
    const { tenant, ask } = await startTrialTenant();
    const cookie = await startSession(ask);
    const { until, ended } = await listenToEvents({
      ...page,
      cookie,
      site: { ...page.site, url: tenant.domain },
    });
    await until('caught-up');
    await tenant.close();
    await ended();
  });

  it('is for the page only', async () => {
    for (const headers of [{}, { cookie: page.cookie, 'sec-fetch-site': 'cross-site' }]) {
      const { status } = await page.ask('GET', '/dashboard/api/events', { headers });
      expect([401, 403]).toContain(status);
    }
    expect(followers).toBe(0);
  });

  describe('on a router of its own', () => {
    let quick: PageBench;
    let closed: Promise<unknown> | undefined;

    beforeEach(async () => {
      const app = express().disable('etag');
      app.use((_req, res, next) => {
        closed = once(res, 'close');
        next();
      });
      const router = express.Router();
      serveEvents(router, page.site, 5);
      const listener = await listen(['127.0.0.1', '::1'], 0, { option: '--port' });
      listener.serve(app.use('/dashboard/api', router));
      quick = { ...page, site: { ...page.site, url: `http://localhost:${listener.port}` } };
      return () => listener.close();
    });

    /** Counts how often older events are read. */
    const countReads = (): { readonly reads: number } => {
      const { log } = page.tenant;
      const listBefore = log.listBefore.bind(log);
      const counter = { reads: 0 };
      log.listBefore = (...range) => {
        counter.reads += 1;
        return listBefore(...range);
      };
      return counter;
    };

    it('shows by a heartbeat that the connection is up', async () => {
      const { until, next } = await listenToEvents(quick);
      await until('caught-up');
      expect(types(await next(3))).toEqual(['heartbeat', 'heartbeat', 'heartbeat']);
    });

    it('ends where the tenant was reset, so that the page starts over', async () => {
      const [kept] = write('a');
      const { until, ended } = await listenToEvents(quick);
      await until('caught-up');
      clearStore(page.tenant.store);
      await ended();
      write('b');
      const again = await listenToEvents(quick, { headers: { 'last-event-id': kept?.log_id ?? '' } });
      expect(types(await again.until('caught-up'))).toEqual(['retry', 'reset', 'backlog', 'caught-up']);
    });

    it('reads no more of what is kept than the page takes', async () => {
      writeMany(10_000, 'x'.repeat(1000));
      const counter = countReads();
      const { until } = await listenToEvents(quick);
      expect(counter.reads).toBeLessThan(21);
      await until('caught-up');
      expect(counter.reads).toBe(21);
    });

    it('reads nothing more when the page has gone', async () => {
      writeMany(10_000, 'x'.repeat(1000));
      const counter = countReads();
      const { leave } = await listenToEvents(quick);
      leave();
      await closed;
      await new Promise(setImmediate);
      expect(counter.reads).toBeLessThan(21);
      expect(followers).toBe(0);
    });
  });
});
