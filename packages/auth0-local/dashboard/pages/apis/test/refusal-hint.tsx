import { pages } from '../../../api/navigation.ts';
import { tokenToInspect } from '../../../api/token-to-inspect.ts';
import type { Answer } from './send-call.ts';

/** What a 401 or a 403 means, and where to go from there. */
export function RefusalHint({
  answer: {
    status,
    headers,
    call: { token },
  },
  audience,
}: {
  readonly answer: Answer;
  readonly audience: string;
}) {
  if (status === 401) {
    return (
      <div class="advice">
        <p>
          401: the API does not accept this token.{' '}
          <a href={pages.inspector} onClick={() => tokenToInspect.set({ token, audience })}>
            Why? Inspect this token
          </a>
        </p>
      </div>
    );
  }
  if (status !== 403) return null;
  const scope = findScope(headers);
  return (
    <div class="advice">
      <p>
        403: the API accepts the token, which does not allow this request.
        {scope && (
          <>
            {' '}
            It takes <code>{scope}</code>: ask for it above.
          </>
        )}
      </p>
    </div>
  );
}

/** What the request takes, as the challenge says it (RFC 6750 section 3). */
function findScope(headers: Answer['headers']): string | undefined {
  return headers
    .filter(([name]) => name.toLowerCase() === 'www-authenticate')
    .map(([, value]) => /\bscope="([^"]+)"/.exec(value)?.[1])
    .find((scope) => scope !== undefined);
}
