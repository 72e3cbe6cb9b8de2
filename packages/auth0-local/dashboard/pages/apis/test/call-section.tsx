import { useState } from 'preact/hooks';
import type { Api } from '../../../api/management.ts';
import { RequestError } from '../../../api/request.ts';
import { CodeBlock } from '../../../components/copy.tsx';
import { useSubmission, type Submission } from '../../../components/form.tsx';
import { Section } from '../../../components/page.tsx';
import type { Draft } from '../../../components/use-draft.ts';
import { completeUrl, isCallable, useApiOrigin } from '../api-origin.ts';
import { AnswerView } from './answer-view.tsx';
import { CallForm } from './call-form.tsx';
import { LanguagePicker } from './language-picker.tsx';
import { sendCall, type Answer, type TakenToken } from './send-call.ts';
import type { TestChoice } from './test-choice.ts';
import type { TokenRequest, TokenState } from './use-test-token.ts';
import { writeCall, type Call } from './write-call.ts';

const languageTitles = { curl: 'Shell', Node: 'JavaScript', Python: 'Python, with requests' } as const;

/** Calls the API with the token: as code to copy, and from here. */
export function CallSection({
  api,
  choice,
  request,
  state: { token, isLoading },
}: {
  readonly api: Api;
  readonly choice: Draft<TestChoice>;
  /** What the token is asked for with. */
  readonly request: TokenRequest | undefined;
  readonly state: TokenState;
}) {
  const [answer, setAnswer] = useState<Answer>();
  const { value, set } = choice;
  const { method, url, body, language } = value;
  const accessToken = token?.access_token;
  const call = {
    method,
    url: completeUrl(url, useApiOrigin()),
    body,
    token: accessToken ?? 'YOUR_ACCESS_TOKEN',
  };
  const submission = useSubmission(async () => {
    if (token !== undefined && request !== undefined) setAnswer(await sendInstead(call, { token, request }));
  });

  // An answer of another request beside an error would be taken for that of this one.
  async function sendInstead(next: Call, taken: TakenToken): Promise<Answer> {
    try {
      return await sendCall(next, taken);
    } catch (error) {
      setAnswer(undefined);
      throw error;
    }
  }
  return (
    <Section title="Call your API" lead="With the token above. Requests from here reach this machine only.">
      <div class="test-call">
        <CallForm
          choice={choice}
          submission={withUrlError(submission)}
          isReady={accessToken !== undefined && !isLoading}
        />
        <div class="test-code">
          <LanguagePicker language={language} onInput={(next) => set({ language: next })} />
          {isCallable(call.url) ? (
            <CodeBlock
              title={languageTitles[language]}
              label={`${language} code`}
              code={writeCall(language, call)}
            />
          ) : (
            <p class="hint">
              The code is here as soon as the URL is one, like <code>http://localhost:3001/api/private</code>,{' '}
              <code>3001/api/private</code> or <code>/api/private</code>.
            </p>
          )}
        </div>
        <AnswerView answer={answer} api={api} isEarlier={answer?.call.token !== accessToken} />
      </div>
    </Section>
  );
}

/** Why there was no answer: nearly always something about the URL. */
function withUrlError(submission: Submission): Submission {
  const { general } = submission;
  const isOfUrl =
    general instanceof RequestError &&
    (general.status === 502 ||
      ['invalid_url', 'not_loopback', 'own_dashboard'].includes(general.errorCode ?? ''));
  return isOfUrl ? { ...submission, errors: { url: general.message } } : submission;
}
