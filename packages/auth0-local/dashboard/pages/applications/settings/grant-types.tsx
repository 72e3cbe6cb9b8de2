import { Checkbox } from '../../../components/field.tsx';
import { Section } from '../../../components/page.tsx';
import type { ApplicationSettings } from './application-settings.ts';

/** What each grant type is, in words. */
const grantTypes: readonly { readonly name: string; readonly label: string; readonly hint: string }[] = [
  { name: 'authorization_code', label: 'Authorization code', hint: 'Users log in by way of the browser.' },
  { name: 'refresh_token', label: 'Refresh token', hint: 'New tokens without another login.' },
  {
    name: 'client_credentials',
    label: 'Client credentials',
    hint: 'Tokens in its own name, with its secret.',
  },
  {
    name: 'urn:ietf:params:oauth:grant-type:device_code',
    label: 'Device code',
    hint: 'Users log in on another device, for televisions and command lines.',
  },
  {
    name: 'urn:ietf:params:oauth:grant-type:token-exchange',
    label: 'Token exchange',
    hint: 'A token for another: an API that calls an API for a user.',
  },
  { name: 'password', label: 'Password', hint: 'It asks users for their password itself. For tests.' },
  {
    name: 'http://auth0.com/oauth/grant-type/password-realm',
    label: 'Password with a realm',
    hint: 'The same, with the connection that knows the user.',
  },
  { name: 'implicit', label: 'Implicit', hint: 'Tokens in the address, as before there was PKCE.' },
];

/** In which ways an application gets tokens. */
export function GrantTypes({
  value,
  set,
}: {
  readonly value: ApplicationSettings;
  readonly set: (change: Partial<ApplicationSettings>) => void;
}) {
  const { grant_types: chosen, token_endpoint_auth_method: method } = value;
  return (
    <Section title="Grant types" lead="In which ways it gets tokens. Everything else is refused.">
      <div class="fields">
        {grantTypes.map(({ name, label, hint }) => {
          const isImpossible = method === 'none' && name === 'client_credentials';
          return (
            <Checkbox
              key={name}
              label={label}
              hint={isImpossible ? 'It has no secret: choose another authentication first.' : hint}
              isChecked={chosen.includes(name) && !isImpossible}
              isDisabled={isImpossible}
              onChange={(isChosen) => {
                const others = chosen.filter((other) => other !== name);
                set({ grant_types: isChosen ? [...others, name].toSorted() : others });
              }}
            />
          );
        })}
      </div>
    </Section>
  );
}
