/** What a page may do beyond showing itself. */
export interface PagePolicy {
  /** Where its forms may lead, redirects included, beside the tenant itself. */
  readonly formTargets?: readonly string[];
  /** The page that may show it in a frame; none by default. */
  readonly frameAncestor?: string;
  /** Lets the one script with this nonce run. */
  readonly nonce?: string;
}

/** The policy of a page: no script, style, frame or form that the tenant did not mean. */
export function contentSecurityPolicy({ formTargets = [], frameAncestor, nonce }: PagePolicy = {}): string {
  const targets = [...new Set(formTargets.map(formSource))];
  return [
    "default-src 'none'",
    "style-src 'self'",
    'img-src data:',
    ...(nonce === undefined ? [] : [`script-src 'nonce-${nonce}'`]),
    `form-action ${["'self'", ...targets].join(' ')}`,
    `frame-ancestors ${frameAncestor === undefined ? "'none'" : frameSource(frameAncestor)}`,
    "base-uri 'none'",
  ].join('; ');
}

/**
 * The source that allows a URL. Browsers apply `form-action` to every redirect after a form, so that an application on
 * this machine may send its user on to another of its ports; a name the policy's grammar does not have (IPv6, for one)
 * is allowed by its scheme.
 */
function formSource(url: string): string {
  const { protocol, hostname } = new URL(url);
  const origin = originSource(url);
  if (origin === undefined) return protocol;
  return /^(localhost|127\.0\.0\.1)$/.test(hostname) ? `${protocol}//${hostname}:*` : origin;
}

function frameSource(url: string): string {
  return originSource(url) ?? "'none'";
}

function originSource(url: string): string | undefined {
  const { origin } = new URL(url);
  return /^https?:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin) ? origin : undefined;
}
