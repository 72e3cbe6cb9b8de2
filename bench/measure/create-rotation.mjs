/** Takes these items in order, over and over. */
export function createRotation(items) {
  let taken = 0;
  return () => items[taken++ % items.length];
}
