import { useLocation } from 'preact-iso';
import { pages } from '../../../api/navigation.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Checkbox, TextField } from '../../../components/field.tsx';
import { Form, useSubmission, type FieldErrors } from '../../../components/form.tsx';
import { notify } from '../../../components/notices.tsx';
import { useDraft } from '../../../components/use-draft.ts';
import { PasswordField } from '../password-field.tsx';
import { createUser, type UserInput } from './create-user.ts';

const empty: UserInput = { email: '', password: '', name: '', email_verified: false };

/** Asks for what a user needs: afterwards its details are shown. */
export function CreateUserDialog({ onClose }: { readonly onClose: () => void }) {
  const { route } = useLocation();
  const draft = useDraft('create-user', empty);
  const { value, set } = draft;
  const submission = useSubmission(
    async () => {
      const user = await createUser(value);
      draft.discard();
      onClose();
      notify(`${user.email} is created, and can log in.`);
      route(pages.user(user.user_id));
    },
    () => checkInput(value),
    'email',
  );
  const { errors } = submission;
  return (
    <Dialog title="Create user" onClose={onClose}>
      <Form submission={submission} fields={['email', 'password', 'name']}>
        <TextField
          label="Email"
          type="email"
          value={value.email}
          onInput={(email) => set({ email })}
          error={errors['email']}
          placeholder="jane@example.com"
          isRequired
        />
        <PasswordField
          value={value.password}
          onInput={(password) => set({ password })}
          error={errors['password']}
        />
        <TextField
          label="Name"
          value={value.name}
          onInput={(name) => set({ name })}
          error={errors['name']}
          hint="The email address, if you leave it empty."
        />
        <Checkbox
          label="Email verified"
          hint="Sets email_verified: nothing is sent to anybody."
          isChecked={value.email_verified}
          onChange={(isVerified) => set({ email_verified: isVerified })}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isBusy={submission.isBusy}>
            Create
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

function checkInput({ email, password }: UserInput): FieldErrors {
  return {
    ...(email.trim() === '' && { email: 'Give the email address to log in with.' }),
    ...(password === '' && { password: 'Give a password, or make one up.' }),
  };
}
