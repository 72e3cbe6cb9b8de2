import type { ComponentChildren } from 'preact';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Form, type Submission } from './form.tsx';
import { useUnsaved } from './unsaved.ts';

/** A form over the page: what it asks for, the way back, and what sends it. */
export function FormDialog({
  title,
  action,
  submission,
  fields,
  isChanged,
  onClose,
  children,
}: {
  readonly title: string;
  /** What is done, as the button says it. */
  readonly action: string;
  readonly submission: Submission;
  /** The names of the fields that show their own errors. */
  readonly fields: readonly string[];
  /** Whether anything is typed in it. */
  readonly isChanged: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  useUnsaved(isChanged);
  return (
    <Dialog title={title} onClose={onClose}>
      <Form
        submission={submission}
        fields={fields}
        actions={
          <div class="dialog-actions">
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" isBusy={submission.isBusy}>
              {action}
            </Button>
          </div>
        }
      >
        {children}
      </Form>
    </Dialog>
  );
}
