import type { Api, Application } from '../../../api/management.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorMessage, useSubmission } from '../../../components/form.tsx';
import { notify } from '../../../components/notices.tsx';
import { createTestApplication } from './create-test-application.ts';
import type { Subject } from './test-choice.ts';

/** Creates an application to take tokens with. */
export function CreateApplicationButton({
  api,
  subject,
  onCreated,
}: {
  readonly api: Api;
  readonly subject: Subject;
  readonly onCreated: (application: Application) => void;
}) {
  const submission = useSubmission(async () => {
    const application = await createTestApplication(api, subject);
    notify(`${application.name} is created.`);
    onCreated(application);
  });
  return (
    <>
      <div>
        <Button icon="plus" isBusy={submission.isBusy} onClick={() => void submission.submit()}>
          Create a test application
        </Button>
      </div>
      {submission.general && <ErrorMessage error={submission.general} />}
    </>
  );
}
