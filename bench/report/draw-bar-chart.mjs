import { drawPicture, letterWidth, pictureWidth } from './draw-picture.mjs';
import { element } from './render-element.mjs';
import { formatNumber } from './format-number.mjs';
import { shortenText } from './shorten-text.mjs';

const pitch = 74;
const labelBaseline = 22;
const barTop = 34;
const barHeight = 20;
const gap = 12;

/**
 * Draws horizontal bars, a label above each and its value behind it.
 *
 * @param {{ title: string, subtitle: string, bars: readonly { label: string, value: number, isOurs: boolean }[] }} chart
 *   Values are not negative.
 * @returns {string} An SVG document.
 */
export function drawBarChart({ title, subtitle, bars }) {
  const longest = Math.max(...bars.map(({ value }) => formatNumber(value).length));
  const room = pictureWidth - gap - longest * letterWidth;
  const largest = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const children = bars.flatMap(({ label, value, isOurs }, index) => {
    const top = index * pitch;
    const className = isOurs ? ' ours' : '';
    const width = Math.max((value / largest) * room, 2);
    return [
      element('text', { class: `label${className}`, x: 0, y: top + labelBaseline }, shortenText(label, 48)),
      element('rect', { class: `bar${className}`, x: 0, y: top + barTop, width, height: barHeight, rx: 4 }),
      element(
        'text',
        { class: `value${className}`, x: width + gap, y: top + barTop + barHeight - 3 },
        formatNumber(value),
      ),
    ];
  });
  const description = bars.map(({ label, value }) => `${label}: ${formatNumber(value)}`).join('; ');
  return drawPicture(
    { title, subtitle, description: `${subtitle}. ${description}.` },
    { height: bars.length * pitch, children },
  );
}
