/** A list of rows of one height, and the part of it that is seen. All but the count in pixels. */
export interface RowView {
  readonly count: number;
  readonly rowHeight: number;
  /** How far the list is scrolled. */
  readonly scrollTop: number;
  /** How high the part is that is seen. */
  readonly viewport: number;
}

/** How many rows beyond the edges are drawn, for a list that is scrolled quickly. */
const spare = 8;

/** Which rows have to be drawn: from the first, up to but without the last. */
export function readRowRange({ count, rowHeight, scrollTop, viewport }: RowView): {
  readonly start: number;
  readonly end: number;
} {
  // A list that has become shorter is scrolled too far until the browser has noticed.
  const top = Math.max(0, Math.min(scrollTop, count * rowHeight - viewport));
  return {
    start: Math.max(0, Math.floor(top / rowHeight) - spare),
    end: Math.min(count, Math.ceil((top + viewport) / rowHeight) + spare),
  };
}

/** How far the list has to be scrolled for a row to be seen whole: no farther than needed. */
export function scrollToRow(index: number, { rowHeight, scrollTop, viewport }: RowView): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - viewport);
}
