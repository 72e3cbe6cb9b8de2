import { RadioGroup } from '../../../components/field.tsx';
import { Section } from '../../../components/page.tsx';
import type { ApiSettings } from './api-settings.ts';

/** Which applications get tokens of an API, in a user's name and in their own. */
export function AccessPolicies({
  value,
  set,
}: {
  readonly value: ApiSettings;
  readonly set: (change: Partial<ApiSettings>) => void;
}) {
  return (
    <Section
      title="Access policies"
      lead="Which applications get tokens of this API. Single ones are authorised in the Application Access tab."
    >
      <div class="fields">
        <RadioGroup
          legend="In the name of users"
          name="user"
          value={value.user}
          onInput={(user) => set({ user })}
          options={[
            { value: 'allow_all', label: 'All', hint: 'Every application, for the user who logs in to it.' },
            { value: 'require_client_grant', label: 'Authorised only', hint: 'Those authorised for users.' },
            { value: 'deny_all', label: 'None', hint: 'No application gets a token in a user’s name.' },
          ]}
        />
        <RadioGroup
          legend="In their own name"
          name="client"
          value={value.client}
          onInput={(client) => set({ client })}
          options={[
            {
              value: 'require_client_grant',
              label: 'Authorised only',
              hint: 'Those authorised, by client credentials.',
            },
            { value: 'deny_all', label: 'None', hint: 'Client credentials give no token of this API.' },
          ]}
        />
      </div>
    </Section>
  );
}
