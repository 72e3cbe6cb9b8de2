import { TextArea } from '../../../components/field.tsx';
import { Section } from '../../../components/page.tsx';
import { urlFields, type SettingsPart, type UrlField } from './application-settings.ts';

const texts: Readonly<Record<UrlField, { label: string; hint: string; placeholder: string }>> = {
  callbacks: {
    label: 'Allowed callback URLs',
    hint: 'Where users come back to after the login, letter by letter.',
    placeholder: 'http://localhost:3000/callback',
  },
  allowed_logout_urls: {
    label: 'Allowed logout URLs',
    hint: 'Where users come back to after the logout.',
    placeholder: 'http://localhost:3000/',
  },
  web_origins: {
    label: 'Allowed web origins',
    hint: 'Pages that may renew tokens without a redirect.',
    placeholder: 'http://localhost:3000',
  },
  allowed_origins: {
    label: 'Allowed origins (CORS)',
    hint: 'Pages that may call the tenant, beside those of the callbacks.',
    placeholder: 'http://localhost:3000',
  },
};

/** Where an application is: the tenant sends users and tokens nowhere else. */
export function UrlFields({ value, set, errors }: SettingsPart) {
  return (
    <Section title="Application URLs" lead="One a line. Users and tokens are sent nowhere else.">
      <div class="fields pairs">
        {urlFields.map((field) => (
          <TextArea
            key={field}
            {...texts[field]}
            rows={3}
            value={value[field]}
            onInput={(typed) => set({ [field]: typed })}
            error={errors[field]}
            isMono
          />
        ))}
      </div>
    </Section>
  );
}
