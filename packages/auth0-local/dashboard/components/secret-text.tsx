import { useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { CopyButton } from './copy.tsx';

/** A secret: shown when it is asked for, and copied without being shown. */
export function SecretText({
  text,
  label,
  shown,
}: {
  readonly text: string;
  readonly label: string;
  /** The state of whether it is shown, where more than this depends on it. */
  readonly shown?: readonly [isShown: boolean, setShown: (isShown: boolean) => void];
}) {
  const own = useState(false);
  const [isShown, setShown] = shown ?? own;
  const action = isShown ? 'Hide' : 'Show';
  return (
    <span class="copy-text">
      {/* As many dots whatever its length is. */}
      {isShown ? <code>{text}</code> : <code aria-hidden="true">{'•'.repeat(20)}</code>}
      <Button look="quiet" label={`${action} ${label}`} onClick={() => setShown(!isShown)}>
        {action}
      </Button>
      <CopyButton text={text} label={label} />
    </span>
  );
}
