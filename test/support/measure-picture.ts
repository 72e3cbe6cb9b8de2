import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';

/** What a browser sees of an SVG file. */
export interface MeasuredPicture {
  /** Whether it is well-formed, and for who cannot see it an image with a name. */
  readonly isPicture: boolean;
  /** What describes it, in order. */
  readonly words: readonly string[];
  /** Elements that have no business in a picture. */
  readonly foreign: readonly string[];
  readonly texts: readonly string[];
  /** Texts that are not wholly in the picture. */
  readonly outside: readonly string[];
  /** Pairs of texts that lie on each other. */
  readonly touching: readonly string[];
  /** Of the first text: 0 is black, 255 white. */
  readonly brightness: number;
}

/** Opens an SVG file as wide as a page would show it, and looks at what is drawn. */
export async function measurePicture(
  browser: Browser,
  file: string,
  width: number,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<MeasuredPicture> {
  const page = await browser.newPage({ viewport: { width, height: 1200 }, colorScheme });
  try {
    await page.goto(pathToFileURL(file).href);
    return await page.evaluate<MeasuredPicture>(measure);
  } finally {
    await page.close();
  }
}

// Runs in the page, which knows more names than Node.js does.
const measure = `(() => {
  const svg = document.documentElement;
  const isWellFormed = document.querySelector('parsererror') === null;
  const scale = innerWidth / svg.getAttribute('width');
  for (const side of ['width', 'height']) svg.setAttribute(side, svg.getAttribute(side) * scale);
  const known = ['svg', 'title', 'desc', 'style', 'g', 'text', 'rect', 'line', 'polyline', 'polygon', 'circle'];
  const described = (svg.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
  const frame = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map((text) => ({ text, box: text.getBoundingClientRect() }));
  // Letters do not fill the height of their line.
  const slack = frame.width / 100;
  const meet = (one, other) =>
    one.left < other.right && other.left < one.right && one.top + slack < other.bottom && other.top + slack < one.bottom;
  return {
    isPicture: isWellFormed && svg.getAttribute('role') === 'img' && described.every((one) => one?.textContent),
    words: described.map((one) => one?.localName),
    foreign: [...document.querySelectorAll('*')].map((one) => one.localName).filter((name) => !known.includes(name)),
    texts: boxes.map(({ text }) => text.textContent),
    outside: boxes
      .filter(({ box }) => box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom)
      .map(({ text }) => text.textContent),
    touching: boxes.flatMap(({ text, box }, index) =>
      boxes
        .slice(index + 1)
        .filter((other) => meet(box, other.box))
        .map((other) => text.textContent + ' / ' + other.text.textContent),
    ),
    brightness: Number(/\\d+/.exec(getComputedStyle(svg.querySelector('text')).fill)[0]),
  };
})()`;
