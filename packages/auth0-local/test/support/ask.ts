/** An answer with its body read: JSON where it is JSON. */
export interface TrialAnswer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface TrialRequest {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request; a body that is an object goes as JSON, `URLSearchParams` as a form. */
export type Ask = <Body = unknown>(
  method: string,
  path: string,
  options?: TrialRequest,
) => Promise<TrialAnswer<Body>>;

/** A short way to ask whoever listens at an address. */
export function createAsk(url: string): Ask {
  return async <Body>(method: string, path: string, { body, headers }: TrialRequest = {}) => {
    const isJson = body !== undefined && !(body instanceof URLSearchParams) && typeof body !== 'string';
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(isJson && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: isJson ? JSON.stringify(body) : (body as string) }),
    });
    const text = await response.text();
    const isJsonAnswer = response.headers.get('content-type')?.includes('json') === true && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      body: (isJsonAnswer ? JSON.parse(text) : text) as Body,
    };
  };
}
