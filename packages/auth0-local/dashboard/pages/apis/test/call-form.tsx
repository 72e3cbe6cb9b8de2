import { Button } from '../../../components/button.tsx';
import { SelectField, TextArea, TextField } from '../../../components/field.tsx';
import { Form, type Submission } from '../../../components/form.tsx';
import type { Draft } from '../../../components/use-draft.ts';
import { hasBody, methods, type Method, type TestChoice } from './test-choice.ts';

/** What is sent, and where. */
export function CallForm({
  choice: { value, set },
  submission,
  isReady,
}: {
  readonly choice: Draft<TestChoice>;
  readonly submission: Submission;
  /** Whether there is a token to send. */
  readonly isReady: boolean;
}) {
  const { method, url, body } = value;
  return (
    <Form submission={submission} fields={['url']} label="Request">
      <div class="test-request">
        <SelectField
          label="Method"
          value={method}
          onInput={(next) => set({ method: next as Method })}
          options={methods.map((name) => ({ value: name, label: name }))}
        />
        <TextField
          label="URL"
          type="url"
          value={url}
          onInput={(next) => set({ url: next })}
          error={submission.errors['url']}
          isMono
        />
        <Button look="primary" icon="send" type="submit" isBusy={submission.isBusy} isDisabled={!isReady}>
          Send to my API
        </Button>
      </div>
      {hasBody(method) && (
        <TextArea label="Body (JSON)" value={body} onInput={(next) => set({ body: next })} rows={3} isMono />
      )}
    </Form>
  );
}
