import { letterWidth, pictureWidth } from './draw-picture.mjs';
import { drawMark } from './draw-mark.mjs';
import { element } from './render-element.mjs';
import { shortenText } from './shorten-text.mjs';

const rowHeight = 36;
const swatch = 52;

/** Draws what each line is, side by side as far as there is room. */
export function drawLegend(lines) {
  let [left, row] = [0, 0];
  const children = lines.flatMap(({ name, isMarked }, index) => {
    const label = shortenText(name, 44);
    const width = swatch + 12 + label.length * letterWidth + 16;
    if (left > 0 && left + width > pictureWidth) [left, row] = [0, row + 1];
    const [x, y] = [left, row * rowHeight + 14];
    left += width;
    return [
      element('line', { class: `line line-${index}`, x1: x, x2: x + swatch, y1: y, y2: y }),
      ...(isMarked ? [drawMark(index, x + swatch / 2, y)] : []),
      element('text', { x: x + swatch + 12, y: y + 8 }, label),
    ];
  });
  return { height: (row + 1) * rowHeight, children };
}
