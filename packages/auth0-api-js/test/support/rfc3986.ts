/** Scheme, authority and path by the expression of RFC 3986, appendix B. Query and fragment are left out. */
const appendixB = /^(([^:/?#]+):)?(\/\/([^/?#]*))?([^?#]*)/;

const unreserved = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~';

/**
 * The normal form of a valid http or https URL, by the words of RFC 3986 sections 6.2.2 and 6.2.3, one at a time: slow, and
 * written without a look at what it is to be compared with.
 */
export function normalizeByRfc3986(text: string): string {
  const [, , scheme = '', , authority = '', path = ''] = appendixB.exec(text) ?? [];
  const lowerScheme = scheme.toLowerCase();
  const [host, port] = splitPort(authority.toLowerCase());
  const isDefault = port === '' || (lowerScheme === 'http' ? port === '80' : port === '443');
  return `${lowerScheme}://${host}${isDefault ? '' : `:${port}`}${removeDots(decode(path)) || '/'}`;
}

/** Ports with zeros before them are the same numbers. */
function splitPort(authority: string): [string, string] {
  const colon = authority.lastIndexOf(':');
  if (colon === -1 || authority.endsWith(']')) return [authority, ''];
  const digits = authority.slice(colon + 1);
  return [authority.slice(0, colon), digits === '' ? '' : String(Number.parseInt(digits, 10))];
}

/** Sections 6.2.2.1 and 6.2.2.2, character by character. */
function decode(path: string): string {
  let result = '';
  for (let index = 0; index < path.length; index++) {
    if (path[index] !== '%') {
      result += path[index];
      continue;
    }
    const digits = path.slice(index + 1, index + 3).toUpperCase();
    const character = String.fromCharCode(Number(`0x${digits}`));
    result += unreserved.includes(character) ? character : `%${digits}`;
    index += 2;
  }
  return result;
}

/** Section 5.2.4: the loop with two buffers, rule by rule. */
function removeDots(path: string): string {
  let input = path;
  let output = '';
  while (input !== '') {
    if (input.startsWith('../')) input = input.slice(3);
    else if (input.startsWith('./')) input = input.slice(2);
    else if (input.startsWith('/./')) input = input.slice(2);
    else if (input === '/.') input = '/';
    else if (input.startsWith('/../') || input === '/..') {
      input = `/${input.slice(4)}`;
      output = output.slice(0, Math.max(0, output.lastIndexOf('/')));
    } else if (input === '.' || input === '..') input = '';
    else {
      const end = input.indexOf('/', 1);
      output += end === -1 ? input : input.slice(0, end);
      input = end === -1 ? '' : input.slice(end);
    }
  }
  return output;
}
