import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from './button.tsx';
import { Section } from './page.tsx';

/** What the dialog that asks before something goes is given. */
export interface DeleteDialogProps {
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** The way to delete the thing of a page; afterwards its list is shown. */
export function DeleteSection({
  kind,
  lead,
  list,
  children: showDialog,
}: {
  /** What it is: `role`. */
  readonly kind: string;
  /** What goes with it. */
  readonly lead: string;
  /** The address of the list. */
  readonly list: string;
  /** The dialog that asks first. */
  readonly children: (props: DeleteDialogProps) => ComponentChildren;
}) {
  const { route } = useLocation();
  const [isDeleting, setDeleting] = useState(false);
  return (
    <Section
      title={`Delete this ${kind}`}
      lead={lead}
      isDanger
      actions={
        <Button look="danger" icon="trash" onClick={() => setDeleting(true)}>
          Delete {kind}
        </Button>
      }
    >
      {isDeleting && showDialog({ onClose: () => setDeleting(false), onDeleted: () => route(list) })}
    </Section>
  );
}
