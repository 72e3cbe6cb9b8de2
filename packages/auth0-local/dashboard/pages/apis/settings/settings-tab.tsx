import type { Api } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { CopyText } from '../../../components/copy.tsx';
import { DeleteSection } from '../../../components/delete-section.tsx';
import { Badge, Facts, Section } from '../../../components/page.tsx';
import { SecretText } from '../../../components/secret-text.tsx';
import { DeleteApiDialog } from '../delete-api-dialog.tsx';
import { SettingsForm } from './settings-form.tsx';

/** What an API is, what can be changed of it, and the way to delete it. */
export function SettingsTab({ api }: { readonly api: Api }) {
  return (
    <div class="settings">
      <Section title="What does not change">
        <Facts
          facts={[
            ['Identifier', <CopyText text={api.identifier} label="identifier" />],
            ['Id', <CopyText text={api.id} label="id" />],
            ['Signing algorithm', <Badge>{api.signing_alg}</Badge>],
            ...(api.signing_secret === undefined
              ? []
              : ([
                  ['Signing secret', <SecretText text={api.signing_secret} label="signing secret" />],
                ] as const)),
          ]}
        />
      </Section>
      {api.is_system ? <SystemSettings api={api} /> : <SettingsForm api={api} />}
      {!api.is_system && (
        <DeleteSection
          kind="API"
          lead="With its permissions and the grants of applications for it. This cannot be undone."
          list={pages.apis}
        >
          {(dialog) => <DeleteApiDialog api={api} {...dialog} />}
        </DeleteSection>
      )}
    </div>
  );
}

function SystemSettings({ api }: { readonly api: Api }) {
  return (
    <Section
      title="Settings"
      lead="The Management API belongs to the tenant: it cannot be changed or deleted."
    >
      <Facts
        facts={[
          ['Token lifetime', `${api.token_lifetime} seconds`],
          ['Token lifetime for browser flows', `${api.token_lifetime_for_web} seconds`],
          ['JWT profile', 'Auth0'],
        ]}
      />
    </Section>
  );
}
