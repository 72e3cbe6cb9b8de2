import type { InvalidConfigurationError } from './errors.js';
import { isSecureUrl } from './is-secure-url.js';
import { invalidOption } from './options/invalid-option.js';

/**
 * Reads a domain: a host, or a URL of nothing but scheme, host and port.
 *
 * @param option - The option it comes from, for the message.
 * @returns The issuer identifier: the origin with a `/` at its end.
 * @throws InvalidConfigurationError: anything else, and plain http to a host that is not this machine.
 */
export function readDomain(domain: unknown, option: 'domain' | 'domains' = 'domain'): string {
  const refuse = (reason: string, hint?: string): InvalidConfigurationError =>
    invalidDomain(option, reason, hint);
  const text = typeof domain === 'string' ? domain.trim() : '';
  if (text === '') throw refuse('domain must be a non-empty string');
  const address = text.includes('://') ? text : `https://${text}`;
  // The URL parser drops tabs and line ends and turns `\` into `/`: what it would repair is refused instead.
  if (/[\s\\]/.test(text) || !URL.canParse(address)) throw refuse('invalid domain URL');

  const url = new URL(address);
  if (url.username !== '' || url.password !== '' || text.includes('@')) {
    throw refuse('invalid domain URL (credentials are not allowed)');
  }
  if (text.includes('?') || text.includes('#')) {
    throw refuse('invalid domain URL (query/fragment are not allowed)');
  }
  // As it was written: the URL parser has walked `/a/..` back to `/`.
  const written = address.slice(address.indexOf('://') + 3);
  if (/\/./.test(written)) throw refuse('invalid domain URL (path segments are not allowed)');
  if (!isSecureUrl(url)) {
    throw refuse(
      'invalid domain URL (https required)',
      'http:// works for localhost, 127.0.0.1 and [::1] only.',
    );
  }
  return `${url.origin}/`;
}

function invalidDomain(option: string, reason: string, hint = ''): InvalidConfigurationError {
  const cure = `Give the host of the tenant, like 'tenant.us.auth0.com' (AUTH0_DOMAIN).${hint && ` ${hint}`}`;
  return invalidOption(option, `${reason}. ${cure}`);
}
