import { applicationTypes, describeApplicationType } from '../../../../src/tenant/application-types.ts';
import { Checkbox, SelectField, TextField } from '../../../components/field.tsx';
import { Section } from '../../../components/page.tsx';
import type { SettingsPart } from './application-settings.ts';

/** Which API a resource server is is said when it is created, and only then. */
const types = Object.values(applicationTypes).filter(({ appType }) => appType !== 'resource_server');

const methods = [
  { value: 'client_secret_post', label: 'Secret in the body (client_secret_post)' },
  { value: 'client_secret_basic', label: 'Secret in the header (client_secret_basic)' },
  { value: 'none', label: 'None: it cannot keep a secret' },
];

/** What an application is called, what it is, and how it authenticates. */
export function GeneralFields({ value, set, errors }: SettingsPart) {
  const { app_type: type, token_endpoint_auth_method: method } = value;
  const isFixed = type === 'resource_server';
  const shownTypes = types.map(({ appType, label }) => ({ value: appType as string, label }));
  return (
    <Section title="General">
      <div class="stack">
        <div class="fields pairs">
          <TextField
            label="Name"
            value={value.name}
            onInput={(name) => set({ name })}
            error={errors['name']}
            isRequired
          />
          <TextField
            label="Description"
            value={value.description}
            onInput={(description) => set({ description })}
            error={errors['description']}
          />
          <SelectField
            label="Type"
            value={type ?? ''}
            onInput={(chosen) => set({ app_type: chosen as NonNullable<typeof type> })}
            options={
              isFixed || type === undefined
                ? [{ value: type ?? '', label: describeApplicationType(type) }, ...shownTypes]
                : shownTypes
            }
            isDisabled={isFixed}
            {...(isFixed && { hint: 'It is an API, and stays one.' })}
          />
          {method === undefined ? (
            <TextField
              label="Authentication"
              value="Keys (private_key_jwt)"
              onInput={() => {}}
              hint="It signs what it sends to the token endpoint: the Credentials tab has its keys."
              isReadOnly
            />
          ) : (
            <SelectField
              label="Authentication"
              value={method}
              onInput={(chosen) => set({ token_endpoint_auth_method: chosen as NonNullable<typeof method> })}
              options={methods}
              hint="How it shows at the token endpoint who it is."
            />
          )}
        </div>
        <Checkbox
          label="First party"
          hint="It is your own: where an API allows it, users are not asked for consent."
          isChecked={value.is_first_party}
          onChange={(isFirstParty) => set({ is_first_party: isFirstParty })}
        />
        <Checkbox
          label="Require token sender-constraining"
          hint="It gets tokens that are bound to a key of its own, and no others. The API must bind them: its settings say how."
          isChecked={value.require_proof_of_possession}
          onChange={(isRequired) => set({ require_proof_of_possession: isRequired })}
        />
      </div>
    </Section>
  );
}
