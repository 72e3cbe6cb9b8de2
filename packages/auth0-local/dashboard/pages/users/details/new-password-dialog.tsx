import { useState } from 'preact/hooks';
import { itemPath, type ShownUser } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { FormDialog } from '../../../components/form-dialog.tsx';
import { useSubmission, type FieldErrors } from '../../../components/form.tsx';
import { notify } from '../../../components/notices.tsx';
import { PasswordField } from '../password-field.tsx';

/** Gives a user another password. */
export function NewPasswordDialog({
  user: { user_id: id, email },
  onClose,
}: {
  readonly user: ShownUser;
  readonly onClose: () => void;
}) {
  const [password, setPassword] = useState('');
  const submission = useSubmission(
    async () => {
      await request('PATCH', itemPath('/v2/users', id), { password });
      onClose();
      notify(`${email} has a new password.`);
    },
    (): FieldErrors => (password === '' ? { password: 'Give a password, or make one up.' } : {}),
  );
  return (
    <FormDialog
      title={`New password for ${email}`}
      action="Set password"
      submission={submission}
      fields={['password']}
      isChanged={password !== ''}
      onClose={onClose}
    >
      <PasswordField value={password} onInput={setPassword} error={submission.errors['password']} />
    </FormDialog>
  );
}
