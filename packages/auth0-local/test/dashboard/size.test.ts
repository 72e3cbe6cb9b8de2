import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const app = fileURLToPath(new URL('../../dist/app/', import.meta.url));

describe('the built page', () => {
  const files = readdirSync(app, { recursive: true }).map(String);

  it('has less than 60 kB of JavaScript, compressed, all chunks counted', () => {
    const scripts = files.filter((file) => file.endsWith('.js'));
    const bytes = scripts.map((file) => gzipSync(readFileSync(app + file)).length);
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
  });
});
