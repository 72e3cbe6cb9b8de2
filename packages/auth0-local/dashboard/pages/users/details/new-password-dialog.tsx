import { useState } from 'preact/hooks';
import { itemPath, type ShownUser } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { FormDialog } from '../../../components/form-dialog.tsx';
import { useSubmission } from '../../../components/form.tsx';
import { foundErrors } from '../../../components/found-errors.ts';
import { notify } from '../../../components/notices.tsx';
import { findPasswordError } from '../find-user-errors.ts';
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
    () => foundErrors({ password: findPasswordError(password) }),
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
