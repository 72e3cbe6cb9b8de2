import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import { describe, expect, it, vi } from 'vitest';
import { descriptions } from '../packages/auth0-api-js/src/reasons.js';
import { findFreePort } from './support/free-port.js';
import { root, startNode } from './support/start-process.js';

const pages = [
  '.',
  'docs',
  'bench',
  'packages/auth0-api-js',
  'packages/auth0-express-api',
  'packages/auth0-local',
].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

/** The text of a page's code fences of one language, with what stands behind the language: the file they quote. */
function readFences(page: string, languages: readonly string[]): { source: string; code: string }[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```(\w+)(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, language]) => languages.includes(language ?? ''))
    .map(([, , source, code]) => ({ source: source?.trim() ?? '', code: code ?? '' }));
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

describe.each(pages)('%s', (page) => {
  it('quotes only code that is run or compiled somewhere', () => {
    for (const { source, code } of readFences(page, ['js', 'ts'])) {
      expect(source, `a fence without a source:\n${code}`).not.toBe('');
      expect(squeeze(readFileSync(join(root, source), 'utf8'))).toContain(squeeze(code));
    }
  });

  it('links to files and headings that exist', () => {
    const text = readFileSync(join(root, page), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [path = '', heading] = target.split('#');
      const file = path === '' ? join(root, page) : resolve(root, dirname(page), path);
      expect(existsSync(file), target).toBe(true);
      if (heading !== undefined) expect(readHeadings(file), target).toContain(heading);
    }
  });
});

describe('docs/errors.md', () => {
  it('has a heading for each reason code', () => {
    const outages = [
      'issuer_unreachable',
      'issuer_metadata_invalid',
      'issuer_keys_invalid',
      'domains_resolver_failed',
      'client_closed',
      'too_many_issuers',
      'replay_store_failed',
      'replay_store_timeout',
      'replay_store_full',
      'replay_client_full',
      'replay_store_lost',
    ];
    const misuse = [
      'claim_check_threw',
      'claim_check_result',
      'validate_threw',
      'validate_result',
      'dpop_not_enabled',
      'key_cache_unusable',
    ];
    const headings = readHeadings(join(root, 'docs/errors.md'));
    expect(headings).toEqual(expect.arrayContaining([...Object.keys(descriptions), ...outages, ...misuse]));
  });
});

describe('the first example of README.md', () => {
  it('protects its routes', async () => {
    const issuer = await createTestIssuer({ port: 0 });
    const port = await findFreePort();
    const environment = { PORT: String(port), AUTH0_DOMAIN: issuer.domain, AUTH0_AUDIENCE: issuer.audience };
    const api = startNode(['test/snippets/protect-a-route.js'], { env: environment });
    const ask = (path: string, token?: string): Promise<Response> =>
      fetch(
        `http://localhost:${port}${path}`,
        token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
      );
    try {
      const isPublic = async (): Promise<void> => expect((await ask('/api/public')).status).toBe(200);
      await vi.waitFor(isPublic, { timeout: 20_000, interval: 50 });
      expect((await ask('/api/private')).status).toBe(401);
      expect((await ask('/api/private', issuer.accessToken())).status).toBe(200);
      expect((await ask('/api/messages', issuer.accessToken())).status).toBe(403);
      expect((await ask('/api/messages', issuer.accessToken({ scope: 'read:messages' }))).status).toBe(200);
    } finally {
      await api.stop();
      await issuer.close();
    }
  });
});

/** The anchors of a page's headings, as GitHub makes them. */
function readHeadings(file: string): string[] {
  const lines = readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm);
  return [...lines].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
