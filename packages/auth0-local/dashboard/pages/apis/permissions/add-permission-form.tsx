import type { Ref } from 'preact';
import type { Api } from '../../../api/management.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Form, useSubmission } from '../../../components/form.tsx';
import { useGuardedDraft } from '../../../components/use-guarded-draft.ts';
import { changeScopes } from './change-scopes.ts';
import { findPermissionErrors, type PermissionInput } from './find-permission-errors.ts';

const empty: PermissionInput = { value: '', description: '' };

/** Adds a permission, and is ready for the next one. */
export function AddPermissionForm({
  api: { id, scopes = [] },
  root,
  onAdded,
}: {
  readonly api: Api;
  readonly root: Ref<HTMLDivElement>;
  readonly onAdded: () => void;
}) {
  const draft = useGuardedDraft(`add-permission ${id}`, empty);
  const { value, set } = draft;
  const submission = useSubmission(
    async () => {
      const description = value.description.trim();
      const added = { value: value.value.trim(), ...(description !== '' && { description }) };
      await changeScopes(id, (current) => [...current, added]);
      draft.discard();
      onAdded();
    },
    () => findPermissionErrors(value, scopes),
  );
  const { errors } = submission;
  return (
    <div ref={root}>
      <Form submission={submission} fields={['value', 'description']} label="Add a permission">
        <div class="add-permission">
          <TextField
            label="Permission"
            value={value.value}
            onInput={(typed) => set({ value: typed })}
            error={errors['value']}
            placeholder="read:messages"
            isMono
            isRequired
          />
          <TextField
            label="Description"
            value={value.description}
            onInput={(description) => set({ description })}
            error={errors['description']}
            placeholder="Read messages"
          />
          <Button look="primary" type="submit" icon="plus" isBusy={submission.isBusy}>
            Add
          </Button>
        </div>
      </Form>
    </div>
  );
}
