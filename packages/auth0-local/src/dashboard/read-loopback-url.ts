import { isLoopbackHost } from '../is-loopback-host.js';
import { ManagementError } from '../management/management-error.js';

/**
 * Reads the address of an API on this machine.
 *
 * @throws ManagementError: it is none, or of another machine.
 */
export function readLoopbackUrl(text: string): URL {
  if (!URL.canParse(text)) {
    throw refuse('invalid_url', 'This is no URL. One looks like http://localhost:3001/api/private');
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse('invalid_url', 'The URL of an API begins with http:// or https://');
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse('invalid_url', 'Leave the user name and the password out of the URL: APIs take tokens.');
  }
  if (!isLoopbackHost(url.hostname)) {
    throw refuse(
      'not_loopback',
      'Requests go to this machine only: write localhost, 127.0.0.1 or [::1] for the host. For another host use the curl line.',
    );
  }
  return url;
}

function refuse(errorCode: string, message: string): ManagementError {
  return new ManagementError({ statusCode: 400, message, errorCode });
}
