import type { Api } from '../../../api/management.ts';
import { CodeBlock } from '../../../components/copy.tsx';
import { indentJson } from '../../../components/indent-json.ts';
import { Badge } from '../../../components/page.tsx';
import { RefusalHint } from './refusal-hint.tsx';
import type { Answer } from './send-call.ts';

const challengeName = 'www-authenticate';

/** What the API has answered. */
export function AnswerView({
  answer,
  api,
  isEarlier,
}: {
  readonly answer: Answer | undefined;
  readonly api: Api;
  /** Whether another token was sent than the one that is shown. */
  readonly isEarlier: boolean;
}) {
  if (answer === undefined) {
    return (
      <div class="test-answer waiting">
        <p class="hint">What your API answers is shown here: its status, all headers and the body.</p>
      </div>
    );
  }
  const { call, status, status_text: text, duration_ms: duration, body, is_truncated: isTruncated } = answer;
  const json = isTruncated ? undefined : indentJson(body);
  return (
    <div class="test-answer" role="group" aria-label="Answer">
      <div class="row" role="status">
        <Badge look={lookOf(status)}>
          {status} {text}
        </Badge>
        <span class="hint">{duration} ms</span>
        {isEarlier && <Badge look="notice">With an earlier token</Badge>}
      </div>
      <p class="hint">
        <code>
          {call.method} {call.url}
        </code>
      </p>
      <RefusalHint answer={answer} api={api} />
      <AnswerHeaders headers={answer.headers} />
      {body === '' ? (
        <p class="hint">The body is empty.</p>
      ) : (
        <CodeBlock
          title={`Body${json === undefined ? '' : ', JSON'}${isTruncated ? ', its beginning' : ''}`}
          label="body"
          code={json ?? body}
          kind="wraps"
        />
      )}
    </div>
  );
}

function lookOf(status: number): 'good' | 'notice' | 'bad' {
  if (status < 300) return 'good';
  return status < 400 ? 'notice' : 'bad';
}

/** The challenge first: it says why. */
function AnswerHeaders({ headers }: Pick<Answer, 'headers'>) {
  const isChallenge = ([name]: Answer['headers'][number]): boolean => name.toLowerCase() === challengeName;
  const sorted = headers.toSorted((one, other) => Number(isChallenge(other)) - Number(isChallenge(one)));
  return (
    <dl class="test-headers">
      {sorted.map((header, index) => (
        <div key={index} class={isChallenge(header) ? 'challenge' : undefined}>
          <dt>{header[0]}</dt>
          <dd>
            <code>{header[1]}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}
