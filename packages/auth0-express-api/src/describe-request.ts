import type { RequestContext } from '@auth0/auth0-api-js';
import type { RequestCredentials } from '@auth0/auth0-api-js/adapter';
import type { Request } from 'express';
import type { IncomingMessage } from 'node:http';
import { isProxyTrusted, readRequestUrl } from './read-request-url.js';
import { readLines } from './read-lines.js';

/** Reads from a request what the core decides by. Nothing is read before it is asked for. */
export function describeRequest(req: IncomingMessage): Required<RequestCredentials> {
  return new DescribedRequest(req);
}

class DescribedRequest implements RequestCredentials {
  readonly native: IncomingMessage;

  constructor(req: IncomingMessage) {
    this.native = req;
  }

  get authorization(): readonly string[] {
    return readLines(this.native, 'authorization');
  }

  get proofs(): readonly string[] {
    return readLines(this.native, 'dpop');
  }

  get method(): string | undefined {
    return this.native.method;
  }

  get isProxyTrusted(): boolean {
    return isProxyTrusted(this.native as Request);
  }

  get request(): RequestContext {
    return describeContext(this.native as Request);
  }
}

/** The request for the application's own functions and for the URL of a proof, read only where somebody asks. */
function describeContext(req: Request): RequestContext {
  return {
    get url() {
      return readRequestUrl(req);
    },
    get headers() {
      return req.headers;
    },
  };
}
