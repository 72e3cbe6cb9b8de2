import { isIPv6 } from 'node:net';

/** The longest URL that is looked at, in characters, without its query and fragment. */
const longestUrl = 8192;

/** Scheme, host, port, path. A percent sign, user-info, or anything that parsers repair, is nowhere in the first three. */
const form = /^(https?):\/\/([\w.-]+|\[[\da-f:.]+\])(?::(\d{0,5}))?(\/.*)?$/is;

/** What no path has: a character that a URI cannot hold, or half an escape. Clients send `[`, `]`, `|`, `^` as they are. */
const impossible = /[^\w.~!$&'()*+,;=:@/[\]|^%-]|%(?![\da-f]{2})/i;

const anyEscape = /%[\da-f]{2}/gi;
const unreserved = /[\w.~-]/;
const defaultPorts: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
]);
const highestPort = 65_535;

/**
 * The form in which two URLs are compared (RFC 9449 section 4.3, item 9; RFC 3986 sections 6.2.2 and 6.2.3): without query
 * and fragment. Only what these sections call equal becomes equal: `/a` and `/a/`, `/` and `//`, `%2F` and `/`, two ways
 * to write an address stay what they are.
 *
 * @returns Nothing for what is no absolute http or https URL as RFC 3986 writes it, has user-info, or is too long.
 */
export function normalizeUrl(text: string): string | undefined {
  const end = text.search(/[?#]/);
  const whole = end === -1 ? text : text.slice(0, end);
  const parts = whole.length > longestUrl ? null : form.exec(whole);
  if (parts === null) return undefined;
  const [, scheme = '', host = '', port = '', path = '/'] = parts;
  if (impossible.test(path) || Number(port) > highestPort) return undefined;
  if (host.startsWith('[') && !isIPv6(host.slice(1, -1))) return undefined;
  return normalizeOrigin(scheme.toLowerCase(), host.toLowerCase(), port) + normalizePath(path);
}

function normalizeOrigin(scheme: string, host: string, port: string): string {
  const isDefault = port === '' || Number(port) === defaultPorts.get(scheme);
  return `${scheme}://${host}${isDefault ? '' : `:${Number(port)}`}`;
}

/** Escapes first: `%2e` is a dot, and two of them make a segment that goes up. */
function normalizePath(path: string): string {
  const readable = path.includes('%') ? path.replace(anyEscape, normalizeEscape) : path;
  return readable.includes('/.') ? removeDotSegments(readable) : readable;
}

/** What it stands for, where that has no meaning of its own in a URL; else the escape, in upper case. */
function normalizeEscape(text: string): string {
  const character = String.fromCharCode(Number.parseInt(text.slice(1), 16));
  return unreserved.test(character) ? character : text.toUpperCase();
}

/** RFC 3986 section 5.2.4. An empty segment is a segment. */
function removeDotSegments(path: string): string {
  const segments = path.slice(1).split('/');
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  const last = segments.at(-1);
  if (last === '.' || last === '..') kept.push('');
  return `/${kept.join('/')}`;
}
