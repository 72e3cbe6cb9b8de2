/** Yes or no, as tables show it. */
export function mark(isTrue: boolean): string {
  return isTrue ? '✓' : '✗';
}
