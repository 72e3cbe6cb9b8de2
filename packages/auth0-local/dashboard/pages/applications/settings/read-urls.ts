import { longestTexts } from '../../../../src/tenant/longest-texts.ts';
import { describeLength } from '../../../components/find-text-error.ts';

/** Reads URLs, each in a line of its own. */
export function readUrls(typed: string): string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What is wrong with the first line that is no URL to come back to. An app may have a scheme of its own. */
export function findUrlError(typed: string): string | undefined {
  const wrong = readUrls(typed).find((line) => !isUrl(line));
  if (wrong === undefined) return findLengthError(typed);
  return wrong.includes('#')
    ? `${shorten(wrong)} has a fragment: leave out # and what follows.`
    : `${shorten(wrong)} is no URL: write it whole, as in http://localhost:3000/callback.`;
}

/** What is wrong with the first line that is no origin. */
export function findOriginError(typed: string): string | undefined {
  const wrong = readUrls(typed).find((line) => !isOrigin(line));
  if (wrong === undefined) return findLengthError(typed);
  return isUrl(wrong)
    ? `${shorten(wrong)} is more than an origin: leave out what follows the host and port.`
    : `${shorten(wrong)} is no origin: write scheme, host and port, as in http://localhost:3000.`;
}

function findLengthError(typed: string): string | undefined {
  const longest = longestTexts.application.url;
  const wrong = readUrls(typed).find((line) => line.length > longest);
  return wrong && `${shorten(wrong)}: ${describeLength(wrong.length, longest)}`;
}

/** A line can be pages long. */
function shorten(line: string): string {
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

/** `localhost:3000` is a URL to a parser, with the scheme `localhost`. */
function isUrl(line: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/[^\s#]*$/i.test(line) && URL.canParse(line);
}

function isOrigin(line: string): boolean {
  return isUrl(line) && /^[^:]+:\/\/[^/?]+\/?$/.test(line);
}
