import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { createDeadline } from './create-deadline.js';
import { explainRequestFailure } from './explain-request-failure.js';

/** A request to an API on this machine. */
export interface LoopbackRequest {
  readonly method: string;
  /** Its host is a loopback one. */
  readonly url: URL;
  readonly token?: string;
  readonly body?: string;
  readonly contentType?: string;
  /** Ends it when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** What an API has answered, as it came. */
export interface LoopbackResponse {
  readonly status: number;
  readonly status_text: string;
  /** In the order in which they came, also those that came several times. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Whether there was more of the body than was read, or it was cut off. */
  readonly is_truncated: boolean;
  readonly duration_ms: number;
}

const mostBytes = 256 * 1024;
/** Answers before the answer (1xx). An API has one or two of them. */
const mostInterim = 100;

/**
 * Sends a request to this machine and reads the answer. Redirects are not followed.
 *
 * @param deadlineMs - For all of it. A body that has not ended by then is cut off.
 * @throws ManagementError: there was no answer, and why.
 */
export async function sendToLoopback(
  request: LoopbackRequest,
  deadlineMs = 10_000,
): Promise<LoopbackResponse> {
  const startedAt = performance.now();
  const { signal, clear } = createDeadline(request.signal, deadlineMs);
  try {
    const incoming = await send(request, signal).catch((error: unknown) => {
      throw explainRequestFailure(error, request.url);
    });
    const { bytes, isTruncated } = await readBeginning(incoming, signal);
    return {
      status: incoming.statusCode ?? 0,
      status_text: incoming.statusMessage ?? '',
      headers: pairUp(incoming.rawHeaders),
      body: readText(bytes, incoming.headers['content-encoding']),
      is_truncated: isTruncated,
      duration_ms: Math.round(performance.now() - startedAt),
    };
  } finally {
    clear();
  }
}

function send(
  { method, url, token, body, contentType = 'application/json' }: LoopbackRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const open = url.protocol === 'https:' ? requestHttps : requestHttp;
  const options = {
    method,
    signal,
    headers: {
      Accept: '*/*',
      'User-Agent': 'auth0-local',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) }),
    },
    // A connection of its own, which no proxy of the environment and no other request has a part in.
    agent: false,
    lookup: lookUpLoopback,
    autoSelectFamily: true,
    // Development servers sign their certificates themselves, and nobody is between this machine and itself.
    rejectUnauthorized: false,
  };
  const outgoing = open(url, options);
  return new Promise((resolve, reject) => {
    outgoing.on('response', resolve);
    // Also of what happens after the answer has begun, when the answer itself tells of it.
    outgoing.on('error', reject);
    let interim = 0;
    outgoing.on('information', () => {
      interim += 1;
      if (interim <= mostInterim) return;
      outgoing.destroy(Object.assign(new Error('Too many answers before the answer'), { code: 'INTERIM' }));
    });
    // Nobody has asked for another protocol, and Node.js says no more of it than this.
    outgoing.on('upgrade', (_incoming, socket) => {
      socket.destroy();
      reject(Object.assign(new Error('Another protocol'), { code: 'HPE_PAUSED_UPGRADE' }));
    });
    outgoing.end(body);
  });
}

/**
 * Names like localhost mean this machine whatever a resolver says of them (RFC 6761 section 6.3): none is asked, and so
 * none can send the request elsewhere. A server listens on one of the two addresses or on both.
 */
const lookUpLoopback: LookupFunction = (_hostname, _options, callback) => {
  callback(null, [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ]);
};

/** Reads no more than is shown; leaving the loop ends the connection. */
async function readBeginning(
  incoming: IncomingMessage,
  signal: AbortSignal,
): Promise<{ readonly bytes: Buffer; readonly isTruncated: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > mostBytes) break;
    }
  } catch {
    // Cut off. What has come says more than an error.
  }
  // A body whose length nobody said looks complete when its connection is ended, by whomever.
  const isTruncated = length > mostBytes || !incoming.complete || signal.aborted;
  return { bytes: Buffer.concat(chunks).subarray(0, mostBytes), isTruncated };
}

/** In bytes that are no text there is nothing to read. */
function readText(bytes: Buffer, encoding: string | undefined): string {
  const isCompressed = encoding !== undefined && encoding.toLowerCase() !== 'identity';
  if (isCompressed && bytes.length > 0) return `(${bytes.length} bytes, compressed: ${encoding})`;
  if (bytes.includes(0)) return `(${bytes.length} bytes of binary data)`;
  return bytes.toString('utf8');
}

function pairUp(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as [string, string]] : [],
  );
}
