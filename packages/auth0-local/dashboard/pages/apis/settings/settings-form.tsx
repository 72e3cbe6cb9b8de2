import { itemPath, type Api } from '../../../api/management.ts';
import { Checkbox, TextField } from '../../../components/field.tsx';
import { Form } from '../../../components/form.tsx';
import { Section } from '../../../components/page.tsx';
import { SaveBar } from '../../../components/save-bar.tsx';
import { useItemForm } from '../../../components/use-item-form.ts';
import { JwtProfileField } from '../jwt-profile-field.tsx';
import { AccessPolicies } from './access-policies.tsx';
import { changedSettings, findSettingErrors, readSettings } from './api-settings.ts';
import { SenderConstraining } from './sender-constraining.tsx';

const fields = ['name', 'token_lifetime', 'token_lifetime_for_web'];

/** What can be changed of an API; what is typed stays until it is saved or discarded. */
export function SettingsForm({ api }: { readonly api: Api }) {
  const { draft, submission } = useItemForm({
    key: `api-settings ${api.id}`,
    path: itemPath('/v2/resource-servers', api.id),
    saved: readSettings(api),
    bodyOf: changedSettings,
    check: findSettingErrors,
    words: 'The settings are saved.',
    stale: ['/v2/resource-servers'],
  });
  const { value, set } = draft;
  const { errors } = submission;
  const lifetime = (name: 'token_lifetime' | 'token_lifetime_for_web', label: string) => (
    <TextField
      label={label}
      type="number"
      min={0}
      max={2_592_000}
      value={value[name]}
      onInput={(typed) => set({ [name]: typed })}
      error={errors[name]}
      hint="In seconds: 3600 is an hour, 86400 a day."
    />
  );
  return (
    <Form
      submission={submission}
      fields={fields}
      actions={<SaveBar draft={draft} submission={submission} />}
      label="Settings"
    >
      <Section title="General">
        <div class="stack">
          <TextField
            label="Name"
            value={value.name}
            onInput={(name) => set({ name })}
            error={errors['name']}
            isRequired
          />
          <JwtProfileField value={value.profile} onInput={(profile) => set({ profile })} />
          <div class="fields">
            {lifetime('token_lifetime', 'Token lifetime')}
            {lifetime('token_lifetime_for_web', 'Token lifetime for browser flows')}
          </div>
        </div>
      </Section>
      <Section title="Role-based access control">
        <div class="stack">
          <Checkbox
            label="Enable RBAC"
            hint="A token of a user has only those scopes that the user has as permissions, directly or by a role."
            isChecked={value.enforce_policies}
            onChange={(isChecked) => set({ enforce_policies: isChecked })}
          />
          <Checkbox
            label="Add permissions in the access token"
            hint={
              value.enforce_policies
                ? 'The permissions claim has all that the user has for this API, also what was not asked for.'
                : 'Takes RBAC: enable it first.'
            }
            isChecked={value.enforce_policies && value.hasPermissionsInToken}
            isDisabled={!value.enforce_policies}
            onChange={(isChecked) => set({ hasPermissionsInToken: isChecked })}
          />
        </div>
      </Section>
      <AccessPolicies value={value} set={set} />
      <SenderConstraining value={value} set={set} />
      <Section title="Users and consent">
        <div class="stack">
          <Checkbox
            label="Allow offline access"
            hint="An application that asks for offline_access gets a refresh token."
            isChecked={value.allow_offline_access}
            onChange={(isChecked) => set({ allow_offline_access: isChecked })}
          />
          <Checkbox
            label="Skip consent for first-party applications"
            hint="Users of your own applications are not asked whether these may use the API."
            isChecked={value.skip_consent_for_verifiable_first_party_clients}
            onChange={(isChecked) => set({ skip_consent_for_verifiable_first_party_clients: isChecked })}
          />
        </div>
      </Section>
    </Form>
  );
}
