import '../../styles/inspector.css';
import { useRef } from 'preact/hooks';
import { useList, type Api } from '../../api/management.ts';
import { Button } from '../../components/button.tsx';
import { ErrorMessage } from '../../components/form.tsx';
import { Loaded, Page, Section } from '../../components/page.tsx';
import { TokenView } from '../../components/token-view.tsx';
import { CheckList } from './check-list.tsx';
import { QuestionFields } from './question-fields.tsx';
import { useInspection } from './use-inspection.ts';
import { useQuestion } from './use-question.ts';
import { Verdict } from './verdict.tsx';

/** Why a token is accepted or refused. */
export function InspectorPage() {
  const query = useList('/v2/resource-servers');
  return (
    <Page
      title="Token inspector"
      lead="Why an API accepts or refuses a token: every check it makes, what it expects and what it finds."
    >
      <Loaded query={query} rows={6}>
        {(apis) => <Inspector apis={apis} />}
      </Loaded>
    </Page>
  );
}

function Inspector({ apis }: { readonly apis: readonly Api[] }) {
  const form = useQuestion(apis);
  const { explanation, error, isBusy, repeat } = useInspection(form.question);
  const element = useRef<HTMLFormElement>(null);
  const { choice, token, refusal } = form;
  return (
    <>
      <Section title="Token and API">
        <form
          ref={element}
          onSubmit={(event) => {
            event.preventDefault();
            repeat();
          }}
        >
          <QuestionFields apis={apis} form={form} />
          <div class="row">
            <Button
              look="primary"
              type="submit"
              icon="inspector"
              isBusy={isBusy}
              isDisabled={form.question === undefined}
            >
              Inspect
            </Button>
            <Button
              isDisabled={choice.token === ''}
              onClick={() => {
                form.clear();
                element.current?.querySelector('textarea')?.focus();
              }}
            >
              Clear
            </Button>
          </div>
        </form>
        {error && <ErrorMessage error={error} />}
      </Section>
      {explanation && (
        <div class="inspection" aria-busy={isBusy}>
          <Section title="Checks">
            <Verdict explanation={explanation} refusal={refusal} token={token} />
            <CheckList checks={explanation.checks} />
          </Section>
          <Section title="What is in it" lead="As it stands there: only the checks say whether it is true.">
            <TokenView token={token} />
          </Section>
        </div>
      )}
    </>
  );
}
