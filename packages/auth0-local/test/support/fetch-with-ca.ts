import { once } from 'node:events';
import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/**
 * A `fetch` that trusts one certificate authority more, as `NODE_EXTRA_CA_CERTS` makes the built-in one do.
 *
 * @param identity - The certificate that it shows to who asks for one.
 */
export function createFetchWithCa(
  ca: string,
  { cert, key }: { readonly cert?: string; readonly key?: string } = {},
): typeof fetch {
  const agent = new Agent({ ca, cert, key });
  return async (input, init) => {
    const { url, method, headers, body } = new Request(input, init);
    const sent = body === null ? undefined : await buffer(body);
    const outgoing = request(url, { method, agent, headers: Object.fromEntries(headers) });
    outgoing.end(sent);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    const received = await buffer(response);
    return new Response(received.length === 0 ? null : new Uint8Array(received), {
      status: response.statusCode ?? 0,
      headers: Object.entries(response.headers).flatMap(([name, value]) =>
        [value].flat().map((item): [string, string] => [name, String(item)]),
      ),
    });
  };
}
