/** The text, or as much of it as there is room for and an ellipsis. */
export function shortenText(text, longest) {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
