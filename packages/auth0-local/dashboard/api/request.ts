import { describeManyCookies } from '../../src/describe-many-cookies.ts';
import { reportAnswer, reportRefusedPage, reportSilence } from './connection.ts';
import { noteRefusal } from './doubt.ts';
import { reportGone } from './gone.ts';

/** The tenant refused a request; the message is what it said. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  readonly errorCode: string | undefined;
  /** The auth0 command that makes it work the next time. */
  readonly fix: string | undefined;
  /** The event in the tenant's log, where the tenant says which. */
  readonly logId: string | undefined;

  constructor(status: number, body: RefusalBody) {
    const said = body.message ?? body.error_description;
    super(status === 500 || said === undefined ? describeFailure(status) : said);
    this.status = status;
    this.errorCode = body.errorCode ?? body.error;
    this.fix = body.fix;
    this.logId = body.log_id;
  }
}

/** The tenant does not answer: it is stopped, or starting. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';

  constructor() {
    super('The tenant does not answer. What you typed is kept: try again when it is back.');
  }
}

/** Of a mistake of its own the tenant tells only who runs it. */
function describeFailure(status: number): string {
  // The page sends no large headers: what it does not see are those of the browser.
  if (status === 431) return describeManyCookies(location.hostname);
  return `The tenant failed (${status}). Try again; what it writes where it runs says why.`;
}

interface RefusalBody {
  readonly message?: string;
  readonly error?: string;
  readonly error_description?: string;
  readonly errorCode?: string;
  readonly fix?: string;
  readonly log_id?: string;
}

const root = '/dashboard';

/**
 * Asks the tenant, with the session of this page; begins one where there is none.
 *
 * @param path - Below `/dashboard/api`: `/v2/clients` is the Management API's list of applications.
 * @throws RequestError: refused. SilenceError: no answer.
 */
export async function request<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  await (session ?? startSession());
  let response = await send(method, `/api${path}`, body);
  // The tenant was restarted, and knows nothing of the session.
  if (response.status === 401) {
    await startSession();
    response = await send(method, `/api${path}`, body);
  }
  // Of what was not found by another method something may still be shown.
  if (method === 'DELETE' ? response.ok : method === 'GET' && response.status === 404) reportGone(path);
  if (response.ok) {
    reportAnswer();
    return (response.status === 204 ? undefined : await response.json()) as Body;
  }
  noteRefusal(response.status, { method, path });
  throw await readRefusal(response);
}

let session: Promise<void> | undefined;
let starting: Promise<void> | undefined;

/** Begins a session: one at a time, however many requests find that there is none. */
export function startSession(): Promise<void> {
  starting ??= requestSession().finally(() => {
    starting = undefined;
  });
  session = starting;
  // One that failed is tried again by the next request.
  session.catch(() => {
    session = undefined;
  });
  return session;
}

async function requestSession(): Promise<void> {
  const response = await send('POST', '/session');
  if (response.ok) return;
  const refusal = await readRefusal(response);
  reportRefusedPage(refusal.message);
  throw refusal;
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  try {
    return await fetch(root + path, {
      method,
      cache: 'no-store',
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
  } catch {
    reportSilence();
    throw new SilenceError();
  }
}

async function readRefusal(response: Response): Promise<RequestError> {
  const body = (await response.json().catch(() => ({}))) as RefusalBody;
  return new RequestError(response.status, body);
}
