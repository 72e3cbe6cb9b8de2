/** What the wait after a failure is chosen by. */
export interface BackOffSettings {
  readonly minBackOffSeconds: number;
  readonly maxBackOffSeconds: number;
}

/**
 * How long an issuer is left alone: a random time up to a limit that doubles with every failure in a row, so that a
 * fleet that failed together does not come back together (full jitter). Never shorter than the smallest wait, and never
 * shorter than the issuer asks for (`Retry-After`), as long as that is no longer than the longest.
 *
 * @param failures - Failures in a row, this one included; 1 or more.
 * @param askedSeconds - What the issuer asked for.
 */
export function backOffSeconds(
  failures: number,
  askedSeconds: number | undefined,
  { minBackOffSeconds: min, maxBackOffSeconds: max }: BackOffSettings,
): number {
  const limit = Math.min(max, min * 2 ** failures);
  const spread = Math.random() * (limit - min);
  if (askedSeconds === undefined) return min + spread;
  return Math.max(min, Math.min(askedSeconds, max)) + spread / 4;
}
