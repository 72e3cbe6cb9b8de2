import { Button } from './button.tsx';
import type { Draft } from './use-draft.ts';
import type { Submission } from './form.tsx';

/** Saves or discards what was changed in a form; it keeps its place while there is nothing to save. */
export function SaveBar<Value extends object>({
  draft,
  submission,
}: {
  readonly draft: Draft<Value>;
  readonly submission: Submission;
}) {
  return (
    <div class="save-bar">
      <Button look="primary" type="submit" isBusy={submission.isBusy} isDisabled={!draft.isChanged}>
        Save changes
      </Button>
      <Button
        look="quiet"
        isDisabled={!draft.isChanged}
        onClick={() => {
          submission.clear();
          draft.discard();
        }}
      >
        Discard
      </Button>
      <span class="hint" role="status">
        {draft.isChanged ? 'There are changes that are not saved.' : ''}
      </span>
    </div>
  );
}
