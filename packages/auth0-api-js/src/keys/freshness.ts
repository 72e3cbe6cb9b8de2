/** The bounds of how long an answer is believed. */
export interface FreshnessBounds {
  readonly freshSeconds: number;
  readonly minFreshSeconds: number;
  readonly maxFreshSeconds: number;
}

/**
 * How long an answer is good for (RFC 9111 sections 4.2 and 5.2.2): its `max-age` less its `Age`, within bounds; the
 * default where it names none. `no-store` and `no-cache` are the lower bound: keys are needed for every request.
 */
export function readFreshSeconds(headers: Headers, bounds: FreshnessBounds): number {
  const { freshSeconds, minFreshSeconds, maxFreshSeconds } = bounds;
  const asked = readMaxAge(headers.get('cache-control') ?? '');
  const seconds = asked === undefined ? freshSeconds : asked - (readSeconds(headers.get('age')) ?? 0);
  return Math.min(Math.max(seconds, minFreshSeconds), maxFreshSeconds);
}

/** The wait that a 429 or a 503 asks for (RFC 9110 section 10.2.3), in seconds or until a date. */
export function readRetryAfterSeconds(headers: Headers): number | undefined {
  const text = headers.get('retry-after');
  const seconds = readSeconds(text);
  if (seconds !== undefined || text === null) return seconds;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}

function readMaxAge(cacheControl: string): number | undefined {
  const directives = cacheControl
    .toLowerCase()
    .split(',')
    .map((directive) => directive.trim());
  if (directives.includes('no-store') || directives.includes('no-cache')) return 0;
  const maxAge = directives.find((directive) => directive.startsWith('max-age='));
  return maxAge === undefined ? undefined : readSeconds(maxAge.slice('max-age='.length).replaceAll('"', ''));
}

/** Whole seconds (RFC 9111 section 1.2.2); anything else is no number. */
function readSeconds(text: string | null): number | undefined {
  return text !== null && /^\d{1,10}$/.test(text.trim()) ? Number(text) : undefined;
}
