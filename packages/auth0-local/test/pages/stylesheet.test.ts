import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stylesheet, stylesheetPath } from '../../src/pages/stylesheet.js';
import { openTenant, type OpenTenant } from '../support/open-tenant.js';

const themes = [...stylesheet.matchAll(/:root \{(.*?)\}/gs)].map(([, block = '']) =>
  Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]),
  ),
);

/** WCAG 2.2: the contrast of two colours. */
function contrast(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const text = [
  ['ink', 'surface'],
  ['quiet', 'surface'],
  ['quiet', 'ground'],
  ['ink', 'tint'],
  ['accent', 'surface'],
  ['accent-strong', 'surface'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['danger', 'surface'],
  ['ink', 'danger-tint'],
  ['surface', 'danger'],
];
const outlines = [
  ['control', 'surface'],
  ['accent', 'surface'],
  ['danger', 'surface'],
];

describe('the stylesheet', () => {
  let open: OpenTenant;
  beforeAll(async () => {
    open = await openTenant();
  });
  afterAll(() => open.close());

  it('has a light and a dark theme of the same colours', () => {
    expect(themes).toHaveLength(2);
    expect(Object.keys(themes[1] ?? {})).toEqual(Object.keys(themes[0] ?? {}));
  });

  it.each(text)('sets text in %s on %s with a contrast of AA', (front = '', back = '') => {
    for (const theme of themes) expect(contrast(theme[front] ?? '', theme[back] ?? '')).toBeGreaterThan(4.5);
  });

  it.each(outlines)('draws %s on %s with a contrast of AA', (front = '', back = '') => {
    for (const theme of themes) expect(contrast(theme[front] ?? '', theme[back] ?? '')).toBeGreaterThan(3);
  });

  it('is served as what it is, for a year', async () => {
    const { status, headers, body } = await open.ask('GET', stylesheetPath);

    expect(status).toBe(200);
    expect(body).toBe(stylesheet);
    expect(headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('asks for nothing from elsewhere', () => {
    expect(stylesheet).not.toMatch(/url\(|@import|http/);
  });
});
