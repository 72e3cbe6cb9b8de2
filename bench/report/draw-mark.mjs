import { element } from './render-element.mjs';

const size = 9;

/** How each line marks its points. */
const outlines = [
  [], // a circle
  [-1, -1, 1, -1, 1, 1, -1, 1],
  [0, -1.2, 1.2, 1, -1.2, 1],
  [0, -1.3, 1.3, 0, 0, 1.3, -1.3, 0],
  [0, 1.2, 1.2, -1, -1.2, -1],
  [-1.3, -0.6, 1.3, -0.6, 1.3, 0.6, -1.3, 0.6],
];

/** Draws the mark of a point: a shape of its own for each line, so that colour is not needed to tell them apart. */
export function drawMark(index, x, y) {
  const outline = outlines[index];
  if (outline.length === 0) return element('circle', { class: `mark-${index}`, cx: x, cy: y, r: size });
  const points = outline
    .map((value, place) => ((place % 2 === 0 ? x : y) + value * size).toFixed(1))
    .join(' ');
  return element('polygon', { class: `mark-${index}`, points });
}
