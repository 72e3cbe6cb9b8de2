import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRowRange, scrollToRow } from '../../../dashboard/pages/activity/row-range.js';

const view = { count: 10_000, rowHeight: 44, scrollTop: 0, viewport: 440 };

const views = fc.record({
  count: fc.nat(20_000),
  rowHeight: fc.double({ min: 16, max: 120, noNaN: true }),
  scrollTop: fc.double({ min: 0, max: 2_000_000, noNaN: true }),
  viewport: fc.double({ min: 0, max: 4000, noNaN: true }),
});

describe('readRowRange', () => {
  it.each([
    ['at the beginning', {}, { start: 0, end: 18 }],
    ['in the middle', { scrollTop: 44_000 }, { start: 992, end: 1018 }],
    ['at the end', { scrollTop: 439_560 }, { start: 9982, end: 10_000 }],
    [
      'behind the end of a list that has become shorter',
      { count: 20, scrollTop: 439_560 },
      { start: 2, end: 20 },
    ],
    ['where nothing is', { count: 0 }, { start: 0, end: 0 }],
  ])('%s', (_where, change, range) => {
    expect(readRowRange({ ...view, ...change })).toEqual(range);
  });

  it('has every row that is seen, and not many more', () => {
    fc.assert(
      fc.property(views, (any) => {
        const { start, end } = readRowRange(any);
        const { count, rowHeight, viewport } = any;
        const top = Math.max(0, Math.min(any.scrollTop, count * rowHeight - viewport));
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(count);
        expect(start * rowHeight).toBeLessThanOrEqual(top);
        expect(end * rowHeight).toBeGreaterThanOrEqual(Math.min(top + viewport, count * rowHeight) - 1e-6);
        expect(end - start).toBeLessThanOrEqual(viewport / rowHeight + 18);
      }),
    );
  });
});

describe('scrollToRow', () => {
  it('leaves the list where it is if the row is seen', () => {
    expect(scrollToRow(12, { ...view, scrollTop: 500 })).toBe(500);
  });

  it('shows the row whole at the nearer edge, whatever it is', () => {
    fc.assert(
      fc.property(views, fc.nat(20_000), (any, index) => {
        fc.pre(any.viewport >= any.rowHeight);
        const scrollTop = scrollToRow(index, any);
        const top = index * any.rowHeight - scrollTop;
        expect(top).toBeGreaterThanOrEqual(-1e-6);
        expect(top + any.rowHeight).toBeLessThanOrEqual(any.viewport + 1e-6);
        const isMoved = scrollTop !== any.scrollTop;
        const isAtEdge = Math.abs(top) < 1e-6 || Math.abs(top + any.rowHeight - any.viewport) < 1e-6;
        expect(isMoved).toBe(isMoved && isAtEdge);
      }),
    );
  });
});
