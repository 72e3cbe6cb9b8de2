import { useState } from 'preact/hooks';
import { itemPath, type ShownUser } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Form, useSubmission, type FieldErrors } from '../../../components/form.tsx';
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
    <Dialog title={`New password for ${email}`} onClose={onClose}>
      <Form submission={submission} fields={['password']}>
        <PasswordField value={password} onInput={setPassword} error={submission.errors['password']} />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isBusy={submission.isBusy}>
            Set password
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
