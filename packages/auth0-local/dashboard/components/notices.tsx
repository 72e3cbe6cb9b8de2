import { createStore, useStore } from '../api/store.ts';
import { Button, IconButton } from './button.tsx';

interface Notice {
  readonly id: number;
  readonly text: string;
  readonly undo?: (() => Promise<unknown>) | undefined;
}

const notices = createStore<readonly Notice[]>([]);
const shownMs = 6000;
let count = 0;

/** Says in a corner of the page that something is done, and how to take it back. */
export function notify(text: string, undo?: () => Promise<unknown>): void {
  const notice = { id: (count += 1), text, undo };
  notices.set([...notices.get().slice(-2), notice]);
  // What can be taken back stays until it is too late anyway: somebody reads slowly.
  setTimeout(() => dismiss(notice.id), undo === undefined ? shownMs : 4 * shownMs);
}

function dismiss(id: number): void {
  notices.set(notices.get().filter((notice) => notice.id !== id));
}

/** What was done lately. */
export function Notices() {
  const shown = useStore(notices);
  return (
    <div class="notices" role="status">
      {shown.map(({ id, text, undo }) => (
        <div class="notice" key={id}>
          <span>{text}</span>
          {undo && (
            <Button
              look="quiet"
              onClick={() => {
                dismiss(id);
                undo().then(
                  () => notify('Undone.'),
                  (error: Error) => notify(error.message),
                );
              }}
            >
              Undo
            </Button>
          )}
          <IconButton icon="cross" label="Dismiss" onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
