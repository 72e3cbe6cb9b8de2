import { useState } from 'preact/hooks';
import { quote } from '../../../../src/oauth/fixes.ts';
import { useList, type Application, type ClientGrant } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { tenantStatus } from '../../../api/status.ts';
import { useStore } from '../../../api/store.ts';
import { CodeBlock } from '../../../components/copy.tsx';
import { SelectField } from '../../../components/field.tsx';
import { Loaded, Section } from '../../../components/page.tsx';

/** The call that takes a token in an application's own name. */
export function TokenRequest({
  application,
  isSecretShown,
}: {
  readonly application: Application;
  readonly isSecretShown: boolean;
}) {
  const id = application.client_id;
  const query = useList('/v2/client-grants', { client_id: id });
  return (
    <Section title="Take a token" lead="For a shell; the answer has the token in access_token.">
      <Loaded query={query} rows={2}>
        {(grants) => {
          const audiences = grants.filter(isOwn).map(({ audience }) => audience);
          return audiences.length === 0 ? (
            <p class="advice">
              It is authorised for no API. Choose one under{' '}
              <a href={pages.application(id, 'access')}>API access</a>, and the call stands here.
            </p>
          ) : (
            <TokenCall application={application} audiences={audiences} isSecretShown={isSecretShown} />
          );
        }}
      </Loaded>
    </Section>
  );
}

const isOwn = ({ subject_type: type }: ClientGrant): boolean => type === 'client';

function TokenCall({
  application,
  audiences,
  isSecretShown,
}: {
  readonly application: Application;
  readonly audiences: readonly string[];
  readonly isSecretShown: boolean;
}) {
  const issuer = useStore(tenantStatus)?.issuer ?? `${location.origin}/`;
  const [chosen, setChosen] = useState('');
  const audience = audiences.includes(chosen) ? chosen : (audiences[0] ?? '');
  const secret = isSecretShown ? application.client_secret : 'YOUR_CLIENT_SECRET';
  return (
    <div class="stack">
      {audiences.length > 1 && (
        <SelectField
          label="API"
          value={audience}
          onInput={setChosen}
          options={audiences.map((value) => ({ value, label: value }))}
        />
      )}
      <CodeBlock
        label="curl command"
        title="Shell"
        code={createTokenCommand(issuer, application, secret, audience)}
      />
      {!isSecretShown && <p class="hint">Show the client secret, and it stands in the command.</p>}
    </div>
  );
}

/** The `curl` command, with the secret where the application shows it. */
function createTokenCommand(
  issuer: string,
  { client_id: id, token_endpoint_auth_method: method }: Application,
  secret: string,
  audience: string,
): string {
  const [user, password] = [encodeURIComponent(id), encodeURIComponent(secret)];
  const credentials =
    method === 'client_secret_basic'
      ? [`-u ${quote(`${user}:${password}`)}`]
      : [`-d ${quote(`client_id=${user}`)}`, `-d ${quote(`client_secret=${password}`)}`];
  return [
    `curl ${quote(`${issuer}oauth/token`)}`,
    '-d grant_type=client_credentials',
    ...credentials,
    `--data-urlencode ${quote(`audience=${audience}`)}`,
  ].join(' \\\n  ');
}
