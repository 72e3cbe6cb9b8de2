/** A figure to four significant digits: more would only be noise. */
export function roundFigure(value) {
  return Number(value.toPrecision(4));
}
