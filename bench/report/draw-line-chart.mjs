import { createLinearScale, createLogarithmicScale } from './create-scale.mjs';
import { drawLegend } from './draw-legend.mjs';
import { drawMark } from './draw-mark.mjs';
import { drawPicture, letterWidth, pictureWidth } from './draw-picture.mjs';
import { element } from './render-element.mjs';
import { formatNumber } from './format-number.mjs';
import { lineStyleCount } from './picture-style.mjs';
import { shortenText } from './shorten-text.mjs';

const plotHeight = 340;
const right = pictureWidth - 36;

/**
 * Draws lines over a common x. Their y begins at 0, or below it where values are.
 *
 * @param {{ title: string, subtitle: string, x: { title: string, isLogarithmic?: boolean }, y: { title: string },
 *   lines: readonly { name: string, points: readonly [number, number][] }[] }} chart
 * @returns {string} An SVG document.
 */
export function drawLineChart({ title, subtitle, x, y, lines }) {
  if (lines.length > lineStyleCount)
    throw new Error(`"${title}" has more than ${lineStyleCount} lines: draw fewer.`);
  const points = lines.flatMap((line) => line.points);
  const xs = points.map(([value]) => value);
  const scales = {
    x: x.isLogarithmic ? createLogarithmicScale(xs) : createLinearScale(xs, 5),
    y: createLinearScale(
      points.map(([, value]) => value),
      5,
    ),
  };
  const legend = drawLegend(lines.map((line) => ({ name: line.name, isMarked: isMarked(line) })));
  const left = Math.max(...scales.y.ticks.map(({ label }) => label.length)) * letterWidth + 12;
  const top = legend.height + 52;
  const area = {
    x: (value) => left + scales.x.place(value) * (right - left),
    y: (value) => top + (1 - scales.y.place(value)) * plotHeight,
  };
  const bottom = top + plotHeight;
  const children = [
    ...legend.children,
    element('text', { class: 'muted', x: 0, y: legend.height + 20 }, shortenText(y.title, 48)),
    ...scales.y.ticks.flatMap((tick) => drawRow(tick, left, area.y(tick.value))),
    ...scales.x.ticks.flatMap((tick) => drawColumn(tick, area.x(tick.value), bottom)),
    ...lines.flatMap((line, index) => drawLine(line, index, area)),
    element(
      'text',
      { class: 'muted', x: (left + right) / 2, y: bottom + 68, 'text-anchor': 'middle' },
      shortenText(x.title, 40),
    ),
  ];
  const description = `${y.title}, by ${x.title}. ${lines.map(describeLine).join(' ')}`;
  return drawPicture({ title, subtitle, description }, { height: bottom + 80, children });
}

/** A line of the grid and its number. */
function drawRow({ value, label }, left, y) {
  return [
    element('line', { class: value === 0 ? 'axis' : 'grid', x1: left, x2: right, y1: y, y2: y }),
    element('text', { class: 'muted', x: left - 12, y: y + 7, 'text-anchor': 'end' }, label),
  ];
}

function drawColumn({ label }, x, bottom) {
  return [
    element('line', { class: 'axis', x1: x, x2: x, y1: bottom, y2: bottom + 6 }),
    element('text', { class: 'muted', x, y: bottom + 34, 'text-anchor': 'middle' }, label),
  ];
}

/** Many points would hide the line. */
function isMarked({ points }) {
  return points.length <= 12;
}

function drawLine(line, index, area) {
  const { points } = line;
  const placed = points.map(([x, y]) => [area.x(x), area.y(y)]);
  const path = placed.map((place) => place.map((value) => value.toFixed(1)).join(',')).join(' ');
  const marks = isMarked(line) ? placed.map(([x, y]) => drawMark(index, x, y)) : [];
  return [element('polyline', { class: `line line-${index}`, points: path }), ...marks];
}

function describeLine({ name, points }) {
  const [first, last] = [points[0], points.at(-1)].map((point) => point.map((value) => formatNumber(value)));
  return `${name}: ${first[1]} at ${first[0]}, ${last[1]} at ${last[0]}.`;
}
