import { useState } from 'preact/hooks';
import type { Application } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { CopyText } from '../../../components/copy.tsx';
import { Facts, Section } from '../../../components/page.tsx';
import { ClientSecret } from './client-secret.tsx';
import { KeyList } from './key-list.tsx';
import { TokenRequest } from './token-request.tsx';

/** What an application shows at the token endpoint to be let in. */
export function CredentialsTab({ application }: { readonly application: Application }) {
  const { client_id: id, token_endpoint_auth_method: method, grant_types: grantTypes } = application;
  const shown = useState(false);
  const hasSecret = method !== 'none' && method !== null;
  return (
    <>
      <Section title="Client id" lead="It says which application asks. It is no secret.">
        <CopyText text={id} label="client id" />
      </Section>
      {hasSecret && <ClientSecret application={application} shown={shown} />}
      {method === 'none' && <NoSecret id={id} />}
      {method === null && <KeyList application={application} />}
      {hasSecret && grantTypes.includes('client_credentials') && (
        <TokenRequest application={application} isSecretShown={shown[0]} />
      )}
    </>
  );
}

function NoSecret({ id }: { readonly id: string }) {
  return (
    <Section title="Client secret">
      <Facts
        facts={[
          [
            'None',
            <>
              It runs where its users could read a secret. Its code verifier (PKCE) shows that who started a
              login also ends it. If it runs on a server, choose another authentication in its{' '}
              <a href={pages.application(id)}>settings</a>.
            </>,
          ],
        ]}
      />
    </Section>
  );
}
