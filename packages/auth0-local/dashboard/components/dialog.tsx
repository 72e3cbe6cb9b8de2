import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { connection } from '../api/connection.ts';
import { useStore } from '../api/store.ts';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';
import { ErrorMessage, useSubmission } from './form.tsx';
import { RestartHint } from './restart-hint.tsx';

/** A window over the page: the browser keeps the focus in it, and gives it back. Escape closes it. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const { current } = dialog;
    const opener = document.activeElement as HTMLElement | null;
    current?.showModal();
    return () => {
      current?.close();
      // Whoever closed it may have a better place for the focus, and has given it already.
      if (document.activeElement !== document.body && !current?.contains(document.activeElement)) return;
      // What opened it may be gone with what was deleted.
      if (opener?.isConnected) opener.focus();
      else document.querySelector('h1')?.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      <SilenceNotice />
      {children}
    </dialog>
  );
}

/** The banner of the page is behind the dialog, and nothing in it can be copied from there. */
function SilenceNotice() {
  const { state } = useStore(connection);
  return (
    <div class="dialog-notice" role="status">
      {state === 'silent' && (
        <div class="problem">
          <p>The tenant does not answer.</p>
          <RestartHint />
        </div>
      )}
    </div>
  );
}

/** Asks before what cannot be undone. */
export function ConfirmDialog({
  title,
  children,
  action,
  expected,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  /** What will happen. */
  readonly children: ComponentChildren;
  /** What is done, as the button says it. */
  readonly action: string;
  /** What has to be typed first, for what takes much with it. */
  readonly expected?: string;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const [typed, setTyped] = useState('');
  const submission = useSubmission(async () => {
    await onConfirm();
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submission.submit();
        }}
      >
        <div class="prose">{children}</div>
        {expected !== undefined && (
          <TextField label={`Type ${expected} to confirm`} value={typed} onInput={setTyped} isMono />
        )}
        {submission.general && <ErrorMessage error={submission.general} />}
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="danger"
            type="submit"
            isBusy={submission.isBusy}
            isDisabled={expected !== undefined && typed.trim() !== expected}
          >
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
