import { ManagementError } from '../management/management-error.js';

/** Says why there is no answer from an API on this machine, and what to do. */
export function explainRequestFailure(error: unknown, { origin, protocol }: URL): ManagementError {
  const { name } = error as Error;
  const code = readCode(error as SystemError);
  const [errorCode, message] = explain({ name, code, origin, isSecure: protocol === 'https:' });
  return new ManagementError({ statusCode: 502, message, errorCode });
}

interface SystemError extends Error {
  readonly code?: string;
  /** One for each address of a name. */
  readonly errors?: readonly SystemError[];
}

/** What says most: on one of two addresses there is often nothing. */
function readCode({ code = '', errors = [] }: SystemError): string {
  return errors.find((error) => !isNothing(error.code ?? ''))?.code ?? code;
}

function isNothing(code: string): boolean {
  return ['ECONNREFUSED', 'EADDRNOTAVAIL', 'ENETUNREACH'].includes(code);
}

interface Failure {
  readonly name: string;
  readonly code: string;
  readonly origin: string;
  readonly isSecure: boolean;
}

function explain({ name, code, origin, isSecure }: Failure): [errorCode: string, message: string] {
  if (name === 'AbortError' || name === 'TimeoutError') {
    return [
      'no_answer_in_time',
      `${origin} takes requests and does not answer them in time. Look for what your API waits for.`,
    ];
  }
  if (isNothing(code)) {
    return ['nothing_listens', `Nothing listens on ${origin}. Start your API, or change the URL.`];
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return ['too_large', `The headers of the answer from ${origin} are larger than clients take.`];
  }
  if (code === 'INTERIM') {
    return [
      'too_many_interim',
      `${origin} sends one interim answer (1xx) after the other, and no final one. Look at what your API writes before it answers.`,
    ];
  }
  if (isSecure && (code === 'EPROTO' || code.startsWith('ERR_SSL'))) {
    return [
      'no_tls',
      `What listens on ${origin} does not speak TLS as it should. If it speaks plain HTTP, write http:// in the URL.`,
    ];
  }
  if (code.startsWith('HPE_')) {
    return [
      'no_http',
      `What listens on ${origin} does not speak HTTP. Check the port; if it speaks TLS, write https:// in the URL.`,
    ];
  }
  return [
    'connection_closed',
    `${origin} closed the connection without an answer. Look at what your API prints; if it speaks TLS, write https:// in the URL.`,
  ];
}
