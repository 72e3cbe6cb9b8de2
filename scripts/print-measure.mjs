/** Prints what was measured several times: the median, and how far it goes. */
export function printMeasure(what, values, unit) {
  const sorted = values.toSorted((a, b) => a - b).map(Math.round);
  const median = sorted[Math.floor(sorted.length / 2)];
  console.log(`${what}: median ${median} ${unit}, ${sorted[0]} to ${sorted.at(-1)} (${values.length} runs)`);
}
