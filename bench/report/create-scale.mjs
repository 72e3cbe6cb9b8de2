const plain = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** Creates a scale with 0 and all values on it, from a round number to a round number, with a tick at each step. */
export function createLinearScale(values, tickCount) {
  const smallest = Math.min(...values, 0);
  const largest = Math.max(...values, 0);
  const least = (largest - smallest || 1) / tickCount;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * [1, 2, 2.5, 5, 10].find((factor) => factor * power >= least);
  const first = Math.floor(smallest / step);
  const last = Math.max(Math.ceil(largest / step), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return {
    place: (value) => (value / step - first) / (last - first),
    ticks: describeTicks(ticks),
  };
}

/** Creates a scale of powers of ten, from the one at or below the smallest value to the one at or above the largest. */
export function createLogarithmicScale(values) {
  const smallest = Math.min(...values);
  if (!(smallest > 0)) throw new Error(`A logarithmic axis cannot show ${smallest}: give values above 0.`);
  const first = Math.floor(Math.log10(smallest));
  const last = Math.max(Math.ceil(Math.log10(Math.max(...values))), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
  return {
    place: (value) => (Math.log10(value) - first) / (last - first),
    ticks: describeTicks(ticks),
  };
}

/** Large numbers are shortened, all of a scale alike. */
function describeTicks(values) {
  const format = values.at(-1) < 10_000 ? plain : compact;
  return values.map((value) => ({
    value,
    label: format.format(value).replace(/K|M|B|T/, (letter) => ` ${letter === 'K' ? 'k' : letter}`),
  }));
}
