import type { Router } from 'express';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createManagementRouter } from '../src/management/router.js';
import { createOAuthRouter } from '../src/oauth/router.js';
import type { Site } from '../src/site.js';
import { createTrialState } from './support/trial-state.js';

const file = fileURLToPath(new URL('../../../docs/tenant.md', import.meta.url));
const [, coverage = ''] = readFileSync(file, 'utf8').split('\n## Coverage\n');

interface Layer {
  readonly route?: { readonly path: string | string[]; readonly methods: Readonly<Record<string, boolean>> };
}

/** Method and path of everything a router serves, but for stylesheets. */
function readRoutes(router: Router, prefix: string): string[] {
  return (router.stack as unknown as Layer[])
    .flatMap(({ route }) => {
      const methods = Object.keys(route?.methods ?? {}).filter((method) => method !== '_all');
      const paths = [route?.path ?? []].flat();
      return methods.flatMap((method) => paths.map((path) => `${method.toUpperCase()} ${prefix}${path}`));
    })
    .filter((route) => !route.endsWith('.css'));
}

describe('the coverage table in docs/tenant.md', () => {
  const { tenant } = createTrialState();
  const issuer = tenant.issuers[0] ?? '';
  const site: Site = { tenant, issuer, url: issuer.slice(0, -1), isSecure: false };
  const served = [
    ...readRoutes(createOAuthRouter(site), ''),
    ...readRoutes(createManagementRouter(site), '/api/v2'),
  ];
  const listed = [...coverage.matchAll(/`((?:GET|POST|PATCH|PUT|DELETE) \/[^`]*)`/g)].map(
    ([, route]) => route,
  );

  it('has everything that is served, and nothing else', () => {
    expect(served.length).toBeGreaterThan(60);
    expect([...new Set(listed)].sort()).toEqual([...new Set(served)].sort());
  });

  it('says of each where the fact comes from', () => {
    const rows = coverage.split('\n').filter((line) => /^\| `(GET|POST|PATCH|PUT|DELETE) /.test(line));
    expect(rows.length).toBeGreaterThan(35);
    for (const row of rows) expect(row).toMatch(/\| [^|]*(recorded|documented|inferred)[^|]*\|$/);
  });
});
