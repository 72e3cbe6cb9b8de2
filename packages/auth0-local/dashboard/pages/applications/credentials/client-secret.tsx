import { useState } from 'preact/hooks';
import { itemPath, type Application } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { invalidate, setData } from '../../../api/use-query.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/dialog.tsx';
import { notify } from '../../../components/notices.tsx';
import { Section } from '../../../components/page.tsx';
import { SecretText } from '../../../components/secret-text.tsx';

/** The secret of an application, and the way to another. */
export function ClientSecret({
  application: { client_id: id, client_secret: secret, name },
  shown,
}: {
  readonly application: Application;
  readonly shown: readonly [isShown: boolean, setShown: (isShown: boolean) => void];
}) {
  const [isRotating, setRotating] = useState(false);
  const rotate = async (): Promise<void> => {
    const path = itemPath('/v2/clients', id);
    const updated = await request<Application>('POST', `${path}/rotate-secret`);
    setData<Application>(path, () => updated);
    shown[1](true);
    notify('The secret is rotated: the old one is good no longer.');
    await invalidate('/v2/clients?');
  };
  return (
    <Section
      title="Client secret"
      lead="Who has it is this application. It belongs on a server, in no page and in no repository."
      actions={<Button onClick={() => setRotating(true)}>Rotate secret</Button>}
    >
      <SecretText text={secret} label="client secret" shown={shown} />
      {isRotating && (
        <ConfirmDialog
          title={`Rotate the secret of ${name}?`}
          action="Rotate secret"
          onClose={() => setRotating(false)}
          onConfirm={rotate}
        >
          <p>
            The old secret stops at once: whatever runs with it gets no more tokens until it has the new one.
            This cannot be undone.
          </p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
