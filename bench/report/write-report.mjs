import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describePictures } from './describe-pictures.mjs';
import { describePromises } from './describe-promises.mjs';
import { describeSuites } from './describe-suites.mjs';
import { drawPictures } from './draw-pictures.mjs';
import { readResults } from './read-results.mjs';
import { replaceBetween } from './replace-between.mjs';

/**
 * Writes what was measured into README.md, between its markers, and draws the pictures that it shows.
 *
 * @param {string} resultsFolder Where the `node-*.json` are.
 * @param {string} benchFolder Where README.md and `pictures` are.
 */
export async function writeReport(resultsFolder, benchFolder) {
  const results = readResults(resultsFolder);
  const pictures = drawPictures(results.at(-1));
  const readme = join(benchFolder, 'README.md');
  const parts = {
    promises: describePromises(results),
    pictures: describePictures(pictures),
    tables: describeSuites(results),
  };
  const settings = { ...(await resolveConfig(readme)), parser: 'markdown' };
  let text = readFileSync(readme, 'utf8');
  for (const [name, part] of Object.entries(parts)) {
    text = replaceBetween(text, name, await format(part, settings));
  }
  replacePictures(join(benchFolder, 'pictures'), pictures);
  writeFileSync(readme, text);
}

/** Leaves no picture of what is not measured any more. */
function replacePictures(folder, pictures) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.svg'))) rmSync(join(folder, name));
  for (const { file, svg } of pictures) writeFileSync(join(folder, file), svg);
}
