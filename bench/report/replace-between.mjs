/**
 * Replaces what stands between `<!-- name -->` and `<!-- /name -->`. All else stays as it is.
 *
 * @param {string} text Markdown.
 * @param {string} name
 * @param {string} content
 */
export function replaceBetween(text, name, content) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = findOnly(text, begin);
  const to = findOnly(text, end);
  if (to < from) throw new Error(`README.md has "${end}" before "${begin}": put them the other way round.`);
  return `${text.slice(0, from + begin.length)}\n\n${content.trim()}\n\n${text.slice(to)}`;
}

function findOnly(text, marker) {
  const index = text.indexOf(marker);
  if (index === -1) throw new Error(`README.md has no "${marker}": put it where the figures belong.`);
  if (text.includes(marker, index + 1)) throw new Error(`README.md has "${marker}" twice: leave one.`);
  return index;
}
