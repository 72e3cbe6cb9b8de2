import { itemPath, type Application } from '../../../api/management.ts';
import { Form } from '../../../components/form.tsx';
import { SaveBar } from '../../../components/save-bar.tsx';
import { useItemForm } from '../../../components/use-item-form.ts';
import { changedSettings, findSettingErrors, readSettings, urlFields } from './application-settings.ts';
import { GeneralFields } from './general-fields.tsx';
import { GrantTypes } from './grant-types.tsx';
import { RefreshTokens } from './refresh-tokens.tsx';
import { UrlFields } from './url-fields.tsx';

const fields = ['name', 'description', ...urlFields, 'leeway', 'token_lifetime', 'idle_token_lifetime'];

/** What can be changed of an application; what is typed stays until it is saved or discarded. */
export function SettingsForm({ application }: { readonly application: Application }) {
  const id = application.client_id;
  const { draft, submission } = useItemForm({
    key: `application-settings ${id}`,
    path: itemPath('/v2/clients', id),
    saved: readSettings(application),
    bodyOf: changedSettings,
    check: findSettingErrors,
    words: 'The settings are saved.',
    stale: ['/v2/clients'],
  });
  const { value, set } = draft;
  const parts = { value, set, errors: submission.errors };
  return (
    <Form
      submission={submission}
      fields={fields}
      actions={<SaveBar draft={draft} submission={submission} />}
      label="Settings"
    >
      <GeneralFields {...parts} />
      <UrlFields {...parts} />
      <GrantTypes {...parts} />
      <RefreshTokens {...parts} />
    </Form>
  );
}
