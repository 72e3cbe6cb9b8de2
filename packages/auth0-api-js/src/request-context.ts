/**
 * What is known of the request that a token came with, for the application's own functions. **The caller chose every
 * part of it**, `Host` and forwarded headers too: decide by it only behind a proxy that sets them.
 */
export interface RequestContext {
  /**
   * The URL as the framework sees it. In Express, the path alone where `Host` and the like tell no host, and an empty text
   * where the target is no path either.
   */
  readonly url?: string;
  /** The request headers, names in lower case. */
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
}
