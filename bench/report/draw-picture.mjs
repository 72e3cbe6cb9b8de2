import { pictureStyle } from './picture-style.mjs';
import { element, renderElement } from './render-element.mjs';
import { wrapText } from './wrap-text.mjs';

/** How wide what is drawn can be. A picture is 800 wide; some letters reach out of their place, so that it has a margin. */
export const pictureWidth = 792;

/** How wide a letter is where letters are wide, for text of the usual size on a telephone. */
export const letterWidth = 16;

const margin = 4;
const titleLine = 36;
const subtitleLine = 30;

/**
 * Draws the frame of a picture: its words, and room for a chart under them.
 *
 * @param {{ title: string, subtitle: string, description: string }} words `description` says what is seen, for who
 *   cannot see it.
 * @param {{ height: number, children: object[] }} chart Its own top is at 0.
 * @returns {string} An SVG document.
 */
export function drawPicture({ title, subtitle, description }, { height, children }) {
  const titles = wrapText(title, 46).map(drawTitle);
  const subtitles = wrapText(subtitle, 58).map(drawSubtitle);
  const subtitleTop = titles.length * titleLine;
  const chartTop = subtitleTop + subtitles.length * subtitleLine + 24;
  const size = { width: pictureWidth + 2 * margin, height: Math.ceil(chartTop + height) };
  const picture = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      ...size,
      viewBox: `0 0 ${size.width} ${size.height}`,
      role: 'img',
      'aria-labelledby': 'title description',
    },
    element('title', { id: 'title' }, title),
    element('desc', { id: 'description' }, description),
    element('style', {}, pictureStyle),
    moveDown(0, titles),
    moveDown(subtitleTop, subtitles),
    moveDown(chartTop, children),
  );
  return `${renderElement(picture)}\n`;
}

function drawTitle(text, index) {
  return element('text', { class: 'title', x: 0, y: titleLine * index + 28 }, text);
}

function drawSubtitle(text, index) {
  return element('text', { class: 'muted', x: 0, y: subtitleLine * index + 24 }, text);
}

function moveDown(y, children) {
  return element('g', { transform: `translate(${margin} ${y})` }, ...children);
}
