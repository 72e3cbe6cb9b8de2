import { useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { CopyButton } from './copy.tsx';

/** A secret: shown when it is asked for, and copied without being shown. */
export function SecretText({ text, label }: { readonly text: string; readonly label: string }) {
  const [isShown, setShown] = useState(false);
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
