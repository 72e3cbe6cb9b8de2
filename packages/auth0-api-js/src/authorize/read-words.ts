/** What a claim holds that is a list, or a string with spaces between words. */
export function readWords(claim: unknown): readonly unknown[] {
  if (Array.isArray(claim)) return claim;
  return typeof claim === 'string' ? claim.split(' ') : [];
}
