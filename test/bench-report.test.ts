import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { check, resolveConfig } from 'prettier';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumPath, skipWithoutChromium } from '../packages/auth0-local/test/support/chromium.js';
import { createResult, hostileName } from './support/bench-result.js';
import { measurePicture } from './support/measure-picture.js';
import { root } from './support/start-process.js';

const bench = join(root, 'bench');
const load = async (file: string) =>
  import(pathToFileURL(join(bench, 'report', file)).href) as Promise<unknown>;
const { writeReport } = (await load('write-report.mjs')) as {
  writeReport: (resultsFolder: string, benchFolder: string) => Promise<void>;
};
const { formatNumber } = (await load('format-number.mjs')) as {
  formatNumber: (value: number | null | undefined) => string;
};

const frame = [
  '# By hand',
  'Before.',
  '<!-- promises -->\n<!-- /promises -->',
  'What does not hold: said by hand.',
  '<!-- pictures -->\n\nold pictures\n\n<!-- /pictures -->',
  'Between.',
  '<!-- tables -->\n<!-- /tables -->',
  'After.\n',
].join('\n\n');

describe('the report of the benchmark', () => {
  let folder: string;
  let results: string;
  let readme: string;
  let pictures: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bench-report-'));
    [results, readme, pictures] = [
      join(folder, 'results'),
      join(folder, 'README.md'),
      join(folder, 'pictures'),
    ];
    mkdirSync(results);
    cpSync(join(root, '.prettierrc.json'), join(folder, '.prettierrc.json'));
    writeFileSync(readme, frame);
    saveResult('20.20.2', 1.5);
    saveResult('24.4.1', 1);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function saveResult(
    node: string,
    factor: number,
    change: (result: ReturnType<typeof createResult>) => unknown = (same) => same,
  ): void {
    const [major] = node.split('.');
    writeFileSync(join(results, `node-${major}.json`), JSON.stringify(change(createResult(node, factor))));
  }

  /** The cells of the tables' rows, without their padding. */
  function readRows(): string[][] {
    return readFileSync(readme, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) =>
        line
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  }

  it('says when and where each version was measured, and how many promises hold', async () => {
    await writeReport(results, folder);
    expect(readRows().slice(0, 5)).toEqual([
      ['', 'Node.js 20.20.2', 'Node.js 24.4.1'],
      expect.any(Array),
      ['measured on', '2025-11-25', '2025-11-25'],
      ['machine', '2 cores', '2 cores'],
      ['promises', '1 of 2 hold', '2 of 2 hold'],
    ]);
  });

  it('has each promise with its limit, and whether it holds on each version', async () => {
    await writeReport(results, folder);
    expect(readRows()).toContainEqual([
      'Cold costs at most 1.30 ×.',
      '1.30 ×',
      'does not hold: 1.65 ×',
      'holds: 1.10 ×',
    ]);
    expect(readRows()).toContainEqual(['Memory is bounded.', '32 MiB', 'holds: 12.3 MiB', 'holds: 12.3 MiB']);
  });

  it('shows by how little a promise does not hold', async () => {
    saveResult('24.4.1', 1.1821);
    await writeReport(results, folder);
    expect(readRows()).toContainEqual(expect.arrayContaining(['does not hold: 1.3003 ×']));
  });

  it('has each row of each suite, the versions side by side', async () => {
    await writeReport(results, folder);
    const rows = readRows();
    for (const { name } of createResult('24.4.1', 1).suites.flatMap((suite) => suite.rows)) {
      expect(rows.map(([first]) => first)).toContain(name);
    }
    expect(rows).toContainEqual(['verify RS256, cold', 'jose', 'µs CPU', '45', '225', '5', '30', '150', '5']);
    expect(rows).toContainEqual(['new in 24', 'jose', 'requests/s', '–', '–', '–', '12,300', '6,170', '2']);
  });

  it('has rows of one name together', async () => {
    await writeReport(results, folder);
    const names = readRows().map(([name]) => name);
    const first = names.indexOf('verify RS256, cold');
    expect(names.slice(first, first + 6)).toEqual(Array.from({ length: 6 }, () => 'verify RS256, cold'));
  });

  it('shows names as text, one a cell', async () => {
    await writeReport(results, folder);
    const rows = readRows().filter(([name]) => name === 'verify RS256, cold');
    expect(rows.map(({ length }) => length)).toEqual([9, 9, 9, 9, 9, 9]);
    const [, shown = ''] = rows.at(-1) ?? [];
    expect(shown).toContain(String.raw`\<`);
    expect(shown.replaceAll(/\\(.)/g, '$1')).toBe(hostileName);
  });

  it('says of a note that not all versions have which of them has it', async () => {
    await writeReport(results, folder);
    const text = readFileSync(readme, 'utf8');
    expect(text).toContain('\n- Medians of 31 rounds.\n');
    expect(text).toContain('\n- Node.js 20.20.2: Measured with 1.5.\n');
  });

  it('is only between the markers, and the same when it is written again', async () => {
    await writeReport(results, folder);
    const text = readFileSync(readme, 'utf8');
    const strip = (markdown: string) =>
      markdown.replaceAll(/<!-- (\w+) -->[^]*?<!-- \/\1 -->/g, '<!-- $1 -->');
    expect(strip(text)).toBe(strip(frame));
    expect(text).not.toContain('old pictures');
    await writeReport(results, folder);
    expect(readFileSync(readme, 'utf8')).toBe(text);
  });

  it('is Markdown as prettier wants it', async () => {
    await writeReport(results, folder);
    const settings = { ...(await resolveConfig(readme)), filepath: readme };
    expect(await check(readFileSync(readme, 'utf8'), settings)).toBe(true);
  });

  it('shows each picture that it draws, and leaves none of an earlier run', async () => {
    mkdirSync(pictures);
    writeFileSync(join(pictures, 'of-an-earlier-run.svg'), '');
    await writeReport(results, folder);
    const shown = [...readFileSync(readme, 'utf8').matchAll(/!\[[^\]]+\]\(pictures\/([^)]+)\)/g)].map(
      ([, file]) => file,
    );
    expect(shown.length).toBeGreaterThanOrEqual(4);
    expect(readdirSync(pictures).sort()).toEqual(shown.sort());
  });

  it.each([
    ['is missing', frame.replace('<!-- tables -->', ''), 'README.md has no "<!-- tables -->"'],
    ['has no end', frame.replace('<!-- /tables -->', ''), 'README.md has no "<!-- /tables -->"'],
    ['stands there twice', `${frame}<!-- tables -->`, 'README.md has "<!-- tables -->" twice'],
    [
      'ends before it begins',
      frame.replace('<!-- tables -->\n<!-- /tables -->', '<!-- /tables -->\n<!-- tables -->'),
      'README.md has "<!-- /tables -->" before "<!-- tables -->"',
    ],
  ])('is not written where a marker %s', async (_name, text, message) => {
    writeFileSync(readme, text);
    await expect(writeReport(results, folder)).rejects.toThrow(message);
    expect(readFileSync(readme, 'utf8')).toBe(text);
    expect(existsSync(pictures)).toBe(false);
  });

  it('is not written without results, or without the rows of a picture', async () => {
    saveResult('24.4.1', 1, (result) => ({
      ...result,
      suites: result.suites.map((suite) => ({ ...suite, rows: [] })),
    }));
    await expect(writeReport(results, folder)).rejects.toThrow(
      'The suite "verification" has no row "verify RS256, cold" in µs CPU',
    );
    for (const file of readdirSync(results)) rmSync(join(results, file));
    await expect(writeReport(results, folder)).rejects.toThrow(
      'has no node-*.json. `npm run bench` writes one.',
    );
  });

  it('does not put 0 on a logarithmic axis', async () => {
    const [suite] = createResult('24.4.1', 1).suites.filter(({ name }) => name === 'growth');
    const series = suite?.series.map((one) => ({
      ...one,
      lines: [
        {
          name: 'ours',
          points: [
            [0, 1],
            [10, 1],
          ],
        },
      ],
    }));
    saveResult('24.4.1', 1, (result) => ({ ...result, suites: [{ ...suite, series }, ...result.suites] }));
    await expect(writeReport(results, folder)).rejects.toThrow('A logarithmic axis cannot show 0');
  });

  describe('its pictures', () => {
    let browser: Browser;
    beforeAll(async () => {
      if (chromiumPath === undefined) return;
      browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    });
    afterAll(() => browser?.close());
    beforeEach(skipWithoutChromium);

    it.each([800, 358])('are whole, readable and nothing but pictures, %i pixels wide', async (width) => {
      await writeReport(results, folder);
      for (const file of readdirSync(pictures)) {
        const picture = await measurePicture(browser, join(pictures, file), width);
        expect(picture, file).toMatchObject({
          isPicture: true,
          words: ['title', 'desc'],
          foreign: [],
          outside: [],
          touching: [],
        });
        expect(picture.texts.length, file).toBeGreaterThan(4);
      }
    });

    it('show values, and what names say as text', async () => {
      await writeReport(results, folder);
      const { texts } = await measurePicture(browser, join(pictures, 'verification-cold.svg'), 800);
      expect(texts).toEqual(
        expect.arrayContaining(['@auth0/auth0-api-js', '30', 'jose', '150', hostileName]),
      );
    });

    it('have values below 0 on their scale', async () => {
      await writeReport(results, folder);
      const file = readdirSync(pictures).find((name) => name.startsWith('memory')) ?? '';
      const { texts } = await measurePicture(browser, join(pictures, file), 800);
      expect(texts).toEqual(expect.arrayContaining(['-1', '0', '1', '1 M']));
    });

    it('are drawn in other colours on a dark page', async () => {
      await writeReport(results, folder);
      const file = join(pictures, 'verification-cold.svg');
      const light = await measurePicture(browser, file, 800, 'light');
      const dark = await measurePicture(browser, file, 800, 'dark');
      expect(light.brightness).toBeLessThan(60);
      expect(dark.brightness).toBeGreaterThan(200);
    });
  });
});

describe('numbers in it', () => {
  it.each([
    [12_345.6, '12,300'],
    [1.2, '1.20'],
    [0.012_34, '0.0123'],
    [3, '3'],
    [1_234_567, '1,230,000'],
    [0, '0'],
    [-0.5, '-0.500'],
    [null, '–'],
    [undefined, '–'],
    [Infinity, '–'],
  ])('write %s as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('bench/README.md', () => {
  it('has the figures and the pictures of what is in bench/results, and no others', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    try {
      cpSync(join(bench, 'README.md'), join(folder, 'README.md'));
      cpSync(join(root, '.prettierrc.json'), join(folder, '.prettierrc.json'));
      await writeReport(join(bench, 'results'), folder);
      const [written, kept] = [folder, bench].map(readReport);
      expect(kept).toEqual(written);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function readReport(folder: string): Record<string, string> {
  const files = ['README.md', ...readdirSync(join(folder, 'pictures')).map((name) => join('pictures', name))];
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
