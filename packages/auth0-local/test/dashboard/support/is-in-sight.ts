import type { Locator } from 'playwright-core';

/** Whether the whole of something can be seen: in the window, and under nothing else. */
export async function isInSight(target: Locator): Promise<boolean> {
  await target.waitFor();
  return target.evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const corners = [
      [left + 1, top + 1],
      [right - 1, bottom - 1],
    ] as const;
    return corners.every(([x, y]) => {
      const found = element.ownerDocument.elementFromPoint(x, y);
      return found !== null && (element.contains(found) || found.contains(element));
    });
  });
}
