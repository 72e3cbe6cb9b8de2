import type { Application } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { tenantStatus } from '../../../api/status.ts';
import { useStore } from '../../../api/store.ts';
import { CopyText } from '../../../components/copy.tsx';
import { DeleteSection } from '../../../components/delete-section.tsx';
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
      <DeleteSection
        kind="application"
        lead="With its secret, its refresh tokens and what it is authorised for. This cannot be undone."
        list={pages.applications}
      >
        {(dialog) => <DeleteApplicationDialog application={application} {...dialog} />}
      </DeleteSection>
    </div>
  );
}
