import type { Api } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { tokenToInspect } from '../../../api/token-to-inspect.ts';
import { RefusalCause } from '../../../components/refusal-cause.tsx';
import { OutageHint } from './outage-hint.tsx';
import { readChallenge } from './read-challenge.ts';
import { ScopeHint } from './scope-hint.tsx';
import type { Answer } from './send-call.ts';

const outage = /"error"\s*:\s*"temporarily_unavailable"/;

/** What a 401, a 403 or the SDK's 503 means, and where to go from there. */
export function RefusalHint({ answer, api }: { readonly answer: Answer; readonly api: Api }) {
  const { status, headers, call, taken } = answer;
  const { description, scopes, isForProofs } = readChallenge(headers);
  if (status === 403) return <ScopeHint scopes={scopes} taken={taken} api={api} />;
  if (status === 503 && outage.test(answer.body)) return <OutageHint token={call.token} />;
  if (status !== 401) return null;
  const refusal = { ...(description !== undefined && { description }), ...(isForProofs && { isForProofs }) };
  const { token } = call;
  return (
    <div class="advice">
      <p>
        401: your API refuses this request
        {description === undefined ? (
          '.'
        ) : (
          <>
            : <code>{description}</code>
          </>
        )}
      </p>
      <RefusalCause refusal={refusal} token={token} />
      <p>
        <a
          href={pages.inspector}
          onClick={() => tokenToInspect.set({ token, audience: api.identifier, refusal })}
        >
          Inspect this token
        </a>
      </p>
    </div>
  );
}
