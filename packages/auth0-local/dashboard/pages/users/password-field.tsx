import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy.tsx';
import { TextField } from '../../components/field.tsx';
import { makePassword } from './make-password.ts';

/** A new password: typed unseen, or made up, and then shown. */
export function PasswordField({
  value,
  onInput,
  error,
}: {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly error?: string | undefined;
}) {
  const [isShown, setShown] = useState(false);
  return (
    <div class="new-password">
      <TextField
        label="Password"
        type={isShown ? 'text' : 'password'}
        value={value}
        onInput={onInput}
        error={error}
        autocomplete="new-password"
        isMono
        isRequired
      />
      <div class="row">
        <Button
          onClick={() => {
            onInput(makePassword());
            setShown(true);
          }}
        >
          Make one up
        </Button>
        <Button
          look="quiet"
          label={`${isShown ? 'Hide' : 'Show'} password`}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? 'Hide' : 'Show'}
        </Button>
        {value !== '' && <CopyButton text={value} label="password" />}
      </div>
    </div>
  );
}
