import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Application } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { tenantStatus } from '../../../api/status.ts';
import { useStore } from '../../../api/store.ts';
import { Button } from '../../../components/button.tsx';
import { CopyText } from '../../../components/copy.tsx';
import { Facts, Section } from '../../../components/page.tsx';
import { DeleteApplicationDialog } from '../delete-application-dialog.tsx';
import { SettingsForm } from './settings-form.tsx';

/** What an application is known by, what can be changed of it, and the way to delete it. */
export function SettingsTab({ application }: { readonly application: Application }) {
  const domain = useStore(tenantStatus)?.domain ?? location.origin;
  const { client_id: id, resource_server_identifier: identifier } = application;
  return (
    <div class="settings">
      <Section title="What its code needs">
        <Facts
          facts={[
            ['Domain', <CopyText text={domain} label="domain of the tenant" />],
            ['Client id', <CopyText text={id} label="client id" />],
            ...(identifier === undefined
              ? []
              : ([['The API it is', <CopyText text={identifier} label="identifier" />]] as const)),
          ]}
        />
      </Section>
      <SettingsForm application={application} />
      <DeleteSection application={application} />
    </div>
  );
}

function DeleteSection({ application }: { readonly application: Application }) {
  const { route } = useLocation();
  const [isDeleting, setDeleting] = useState(false);
  return (
    <Section
      title="Delete this application"
      lead="With its secret, its refresh tokens and what it is authorised for. This cannot be undone."
      isDanger
      actions={
        <Button look="danger" icon="trash" onClick={() => setDeleting(true)}>
          Delete application
        </Button>
      }
    >
      {isDeleting && (
        <DeleteApplicationDialog
          application={application}
          onClose={() => setDeleting(false)}
          onDeleted={() => route(pages.applications)}
        />
      )}
    </Section>
  );
}
