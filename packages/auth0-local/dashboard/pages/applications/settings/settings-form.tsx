import { itemPath, type Application } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { invalidate, setData } from '../../../api/use-query.ts';
import { Form, useSubmission } from '../../../components/form.tsx';
import { notify } from '../../../components/notices.tsx';
import { SaveBar } from '../../../components/save-bar.tsx';
import { useDraft } from '../../../components/use-draft.ts';
import { changedSettings, findSettingErrors, readSettings, urlFields } from './application-settings.ts';
import { GeneralFields } from './general-fields.tsx';
import { GrantTypes } from './grant-types.tsx';
import { RefreshTokens } from './refresh-tokens.tsx';
import { UrlFields } from './url-fields.tsx';

const fields = ['name', 'description', ...urlFields, 'leeway', 'token_lifetime', 'idle_token_lifetime'];

/** What can be changed of an application; what is typed stays until it is saved or discarded. */
export function SettingsForm({ application }: { readonly application: Application }) {
  const id = application.client_id;
  const saved = readSettings(application);
  const draft = useDraft(`application-settings ${id}`, saved);
  const { value, set } = draft;
  const submission = useSubmission(
    async () => {
      const path = itemPath('/v2/clients', id);
      const updated = await request<Application>('PATCH', path, changedSettings(saved, value));
      setData<Application>(path, () => updated);
      draft.discard();
      notify('The settings are saved.');
      await invalidate('/v2/clients');
    },
    () => findSettingErrors(value),
  );
  const parts = { value, set, errors: submission.errors };
  return (
    <Form submission={submission} fields={fields} label="Settings">
      <GeneralFields {...parts} />
      <UrlFields {...parts} />
      <GrantTypes {...parts} />
      <RefreshTokens {...parts} />
      <SaveBar draft={draft} submission={submission} />
    </Form>
  );
}
