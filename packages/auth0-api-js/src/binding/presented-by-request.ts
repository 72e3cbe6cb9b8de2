import type { IncomingMessage } from 'node:http';
import type { RequestContext } from '../request-context.js';
import type { MtlsPolicy } from './mtls/check-certificate-binding.js';
import { bearerOnly, type Presented, type Scheme } from './presented.js';

/** What of a request `PresentedByRequest` reads. */
export interface PresentingRequest {
  /** Every `DPoP` line, also the ones a framework joins or drops. Without it there is none. */
  readonly proofs?: readonly string[];
  readonly method?: string | undefined;
  /** The framework's request, for the function that finds the client's certificate. */
  readonly native?: unknown;
  /** The request, for the application's own functions; its URL is the one that a DPoP proof must name. */
  readonly request?: RequestContext;
  /** Whether the hop that the request came from is a proxy whose headers the application trusts; no by default. */
  readonly isProxyTrusted?: boolean;
}

/** What a framework's request presents beside its token. Nothing is read before it is asked for. */
export class PresentedByRequest implements Presented {
  readonly scheme: Scheme;
  readonly #request: PresentingRequest;
  readonly #mtls: MtlsPolicy;

  constructor(scheme: Scheme, request: PresentingRequest, mtls: MtlsPolicy) {
    this.scheme = scheme;
    this.#request = request;
    this.#mtls = mtls;
  }

  get proofs(): readonly string[] {
    return this.#request.proofs ?? [];
  }

  get method(): string | undefined {
    return this.#request.method;
  }

  get request(): RequestContext {
    return this.#request.request ?? bearerOnly.request;
  }

  certificate(): unknown {
    const { native, isProxyTrusted = false } = this.#request;
    return this.#mtls.getCertificate?.(native as IncomingMessage, { isProxyTrusted });
  }
}
