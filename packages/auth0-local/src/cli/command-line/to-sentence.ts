/** A message as a sentence: a capital letter first, a full stop last. A colon is for what comes on the next line. */
export function toSentence(message: string): string {
  const text = message.trim();
  const capitalised = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!:]$/.test(capitalised) ? capitalised : `${capitalised}.`;
}
