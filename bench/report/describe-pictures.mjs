/**
 * Writes the pictures as Markdown. Their titles are what who cannot see them reads: the pictures describe the rest.
 *
 * @param {readonly { file: string, title: string }[]} pictures
 */
export function describePictures(pictures) {
  return pictures
    .map(({ file, title }) => `![${title.replaceAll(/[[\]\\]/g, String.raw`\$&`)}](pictures/${file})`)
    .join('\n\n');
}
