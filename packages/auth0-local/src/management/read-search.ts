import type { TenantError } from '../tenant/tenant-error.js';
import { invalidQuery } from './read-query.js';

/** Whether a document is one of those that are searched for. */
export type Search = (document: object) => boolean;

/**
 * Reads a query in the part of Lucene's syntax that searches mostly need: `jane`, `email:"jane@example.com"`, `name:ja*`,
 * `app_metadata.plan:gold`, `_exists_:email`, `-blocked:true`; with `OR`, `NOT` and `AND`, which is understood between
 * terms. Case makes no difference.
 *
 * @param plain - The members in which a value alone is looked for, anywhere in them.
 * @throws TenantError: anything beyond that. It is better than a search that finds something else.
 */
export function readSearch(query: string, plain: readonly string[]): Search {
  const alternatives: Search[][] = [];
  let terms: Search[] = [];
  let isNegated = false;
  for (const word of splitWords(query)) {
    if (word === 'OR') {
      alternatives.push(terms);
      terms = [];
    } else if (word === 'NOT') {
      isNegated = true;
    } else if (word !== 'AND') {
      const fits = readTerm(word, plain);
      terms.push(isNegated ? (document) => !fits(document) : fits);
      isNegated = false;
    }
  }
  if (isNegated || (alternatives.length > 0 && [...alternatives, terms].some(({ length }) => length === 0))) {
    throw unreadable('an operator without a term');
  }
  alternatives.push(terms);
  return (document) => alternatives.some((all) => all.every((fits) => fits(document)));
}

/** Splits at spaces that are not within quotes. */
function splitWords(query: string): string[] {
  const word = /(?:[^\s"]|"(?:[^"\\]|\\.)*")+/g;
  if (query.replaceAll(word, '').trim() !== '') throw unreadable('a quote without its other half');
  return query.match(word) ?? [];
}

function readTerm(word: string, plain: readonly string[]): Search {
  const [, minus, path, value = ''] = /^(-)?(?:([\w.]+):)?(.*)$/s.exec(word) ?? [];
  const search = path === undefined ? findAnywhere(value, plain) : findAt(path, value);
  return minus === undefined ? search : (document) => !search(document);
}

function findAnywhere(value: string, plain: readonly string[]): Search {
  const fits = readValue(value, (word) => (word.includes('*') ? word : `*${word}*`));
  const paths = plain.map((path) => path.split('.'));
  return (document) => paths.some((path) => valuesAt(document, path).some(fits));
}

function findAt(path: string, value: string): Search {
  const names = (path === '_exists_' ? value : path).split('.');
  const fits = path === '_exists_' ? (found: unknown) => found !== null : readValue(value, (word) => word);
  return (document) => valuesAt(document, names).some(fits);
}

/** A value in quotes is meant as it is; one without is a pattern. */
function readValue(value: string, toPattern: (word: string) => string): (found: unknown) => boolean {
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"$/s.exec(value) ?? [];
  if (quoted !== undefined) {
    const wanted = quoted.replaceAll(/\\(.)/gs, '$1').toLowerCase();
    return (found) => textOf(found) === wanted;
  }
  if (value === '' || /^[/<>]|[()[\]{}~^?!"\\]/.test(value)) {
    throw unreadable('ranges, groups, fuzzy terms or patterns, which this tenant does not search by');
  }
  return readPattern(toPattern(value));
}

/** In a pattern, `*` stands for any characters. */
function readPattern(pattern: string): (found: unknown) => boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const last = rest.pop();
  return (found) => {
    const text = textOf(found);
    if (last === undefined) return text === first;
    if (!text.startsWith(first)) return false;
    let from = first.length;
    for (const part of rest) {
      const position = text.indexOf(part, from);
      if (position === -1) return false;
      from = position + part.length;
    }
    return text.slice(from).endsWith(last);
  };
}

function textOf(found: unknown): string {
  return String(found).toLowerCase();
}

/** The values of a member; in a list, those of each of its items. */
function valuesAt(value: unknown, path: readonly string[], depth = 0): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path, depth));
  const name = path[depth];
  if (typeof value !== 'object' || value === null) return name === undefined ? [value] : [];
  return name !== undefined && Object.hasOwn(value, name)
    ? valuesAt((value as Record<string, unknown>)[name], path, depth + 1)
    : [];
}

function unreadable(what: string): TenantError {
  return invalidQuery(`'The query has ${what}' on property q`);
}
