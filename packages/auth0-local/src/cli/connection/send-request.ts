import { CommandError } from '../command-line/command-error.js';

/** A request to a tenant. */
export interface TenantRequest {
  readonly method: string;
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as a form if it is one. */
  readonly body?: unknown;
}

/** Its answer; the body is undefined where there is none, and text where it is no JSON. */
export interface TenantAnswer {
  readonly status: number;
  readonly body: unknown;
}

const timeoutMs = 30_000;

/**
 * Sends a request to a tenant.
 *
 * @param debug - Told about the request and its answer; never a header or a body, where secrets are.
 * @throws CommandError: there is no answer; the message says why.
 */
export async function sendRequest(
  { method, url, headers = {}, body }: TenantRequest,
  debug: (text: string) => void,
): Promise<TenantAnswer> {
  debug(`Sending the following request: ${method} ${String(url)}`);
  const isForm = body instanceof URLSearchParams;
  const startedAt = performance.now();
  try {
    const response = await fetch(url, {
      method,
      headers: { ...(body !== undefined && !isForm && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    debug(`Answer: ${response.status} after ${Math.round(performance.now() - startedAt)} ms`);
    return { status: response.status, body: readJson(text) };
  } catch (error) {
    throw explain(error, new URL(url));
  }
}

/** What a refusal says, in the words of either API. */
export function describeRefusal({ status, body }: TenantAnswer): string {
  if (typeof body === 'object' && body !== null) {
    const { message, error_description: description, error } = body as Record<string, unknown>;
    for (const text of [message, description, error]) if (typeof text === 'string') return text;
  }
  return `the tenant answered ${status}`;
}

function readJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const certificateCodes = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];

function explain(error: unknown, { host }: URL): CommandError {
  const cause = (error as Error).cause ?? error;
  const code = String((cause as NodeJS.ErrnoException).code ?? '');
  if (certificateCodes.includes(code)) {
    return new CommandError(
      `The certificate of ${host} is not one that is trusted here (${code}). NODE_EXTRA_CA_CERTS can name the file of its authority`,
      { cause: error },
    );
  }
  const reason = code === '' ? (cause as Error).message : code;
  return new CommandError(`The tenant ${host} does not answer (${reason})`, { cause: error });
}
