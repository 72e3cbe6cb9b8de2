const token = /"(?:[^"\\]|\\.)*"|[[{]\s*[\]}]|[[\]{},:]|\s+/g;

/**
 * Writes JSON with a line for each member. Everything else stays as it was: large numbers, and names that come twice.
 *
 * @returns Nothing if it is no JSON.
 */
export function indentJson(text: string): string | undefined {
  if (!isJson(text)) return undefined;
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(depth)}`;
  return text.replace(token, (found) => {
    if (found.startsWith('"')) return found;
    if (found.trim() === '') return '';
    if (found === ',') return `,${line()}`;
    if (found === ':') return ': ';
    if (found.length > 1) return found.charAt(0) + found.charAt(found.length - 1);
    const isEnd = found === ']' || found === '}';
    depth += isEnd ? -1 : 1;
    return isEnd ? line() + found : found + line();
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
