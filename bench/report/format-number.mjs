/**
 * Writes a number with so many significant digits and commas between thousands. What is not a number is a dash.
 *
 * @param {number | null | undefined} value
 * @param {number} digits Whole numbers need not have as many.
 */
export function formatNumber(value, digits = 3) {
  if (!Number.isFinite(value)) return '–';
  return value.toLocaleString('en-US', {
    minimumSignificantDigits: Number.isInteger(value) ? 1 : digits,
    maximumSignificantDigits: digits,
  });
}
