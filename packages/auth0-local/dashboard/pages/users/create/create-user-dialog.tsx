import { useLocation } from 'preact-iso';
import { pages } from '../../../api/navigation.ts';
import { FormDialog } from '../../../components/form-dialog.tsx';
import { Checkbox, TextField } from '../../../components/field.tsx';
import { useSubmission, type FieldErrors } from '../../../components/form.tsx';
import { foundErrors } from '../../../components/found-errors.ts';
import { notify } from '../../../components/notices.tsx';
import { useDraft } from '../../../components/use-draft.ts';
import { emailConflict, findEmailError, findNameError, findPasswordError } from '../find-user-errors.ts';
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
    emailConflict,
  );
  const { errors } = submission;
  return (
    <FormDialog
      title="Create user"
      action="Create"
      submission={submission}
      fields={['email', 'password', 'name']}
      isChanged={draft.isChanged}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}

function checkInput({ email, password, name }: UserInput): FieldErrors {
  return foundErrors({
    email: findEmailError(email),
    password: findPasswordError(password),
    name: findNameError(name),
  });
}
