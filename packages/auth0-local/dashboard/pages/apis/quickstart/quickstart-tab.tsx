import { givesTestTokens } from '../../../../src/tenant/test-application.ts';
import { tenantStatus } from '../../../api/status.ts';
import { useStore } from '../../../api/store.ts';
import type { Api } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { LinkButton } from '../../../components/button.tsx';
import { CodeBlock } from '../../../components/copy.tsx';
import { useApiOrigin } from '../api-origin.ts';
import { DownloadButton } from './download-button.tsx';
import { ManagementQuickstart } from './management-quickstart.tsx';
import {
  callCommand,
  envFile,
  installCommand,
  nameEnvFile,
  projectCommands,
  runCommands,
  scopeRoute,
  serverFile,
} from './quickstart-code.ts';
import { PossessionAdvice } from './possession-advice.tsx';
import { Step } from './step.tsx';
import { writeEnvValue } from './write-env-value.ts';

/** How an Express API checks the tokens of this API: the quickstart, with the values filled in. */
export function QuickstartTab({ api }: { readonly api: Api }) {
  const status = useStore(tenantStatus);
  const domain = status?.domain ?? location.origin;
  const tlsHost = domain.startsWith('https:') ? new URL(status?.urls.https ?? domain).host : undefined;
  const origin = useApiOrigin();
  if (api.is_system) return <ManagementQuickstart api={api} />;
  const env = envFile(domain, api.identifier);
  const envName = nameEnvFile(api);
  return (
    <ol class="steps card">
      <Step title="Create a project">
        <CodeBlock title="Shell" label="project commands" code={projectCommands} />
      </Step>
      <Step title="Install the SDK">
        <CodeBlock title="Shell" label="install command" code={installCommand} />
        <p class="hint">
          A registry has the vendor’s package of this name. The one that belongs to this tenant comes as a
          tarball: <code>npm run pack</code> in its repository prints the line that installs it.
        </p>
      </Step>
      <Step title="Configure the API">
        <p>
          Whose tokens are accepted, and for which API. The file stands beside <code>package.json</code>.
        </p>
        <CodeBlock title=".env" label=".env" code={env} />
        {writeEnvValue(api.identifier) === undefined && (
          <p class="advice">
            The identifier has characters, like two kinds of quotes, that no <code>.env</code> file can carry:
            one program would read something else than another, and a shell could run a part of it. The code
            of <code>server.js</code> below has it instead.
          </p>
        )}
        <div>
          <DownloadButton name={envName} text={env} />
        </div>
        <p class="hint">
          A browser saves no file whose name begins with a dot. Rename it when it is in the folder of the
          project: <code>mv {envName} .env</code>
        </p>
      </Step>
      <Step title="Configure the JWT middleware">
        <AlgorithmAdvice algorithm={api.signing_alg} />
        <CodeBlock title="server.js" label="server.js" code={serverFile(api)} />
        <p class="hint">
          <code>createAuth0Api()</code> reads <code>.env</code>, <code>requiresAuth()</code> checks the token
          of each request, and <code>req.auth0.user</code> has its claims.
        </p>
      </Step>
      <ScopeStep api={api} />
      <Step title="Run it, and call it with a token">
        {tlsHost !== undefined && <TrustAdvice />}
        <CodeBlock title="Shell" label="run commands" code={runCommands(origin, tlsHost)} />
        <PossessionAdvice api={api} />
        {givesTestTokens(api) ? (
          <>
            <p>Without a token this answers 401. The Test tab has one to copy, and sends requests itself.</p>
            <CodeBlock title="Shell" label="call with a token" code={callCommand(origin)} />
            <div>
              <LinkButton href={pages.api(api.id, 'test')} icon="key">
                Get a token
              </LinkButton>
            </div>
          </>
        ) : (
          <p>Without a token this answers 401, and so does a token alone: only such a client can call it.</p>
        )}
      </Step>
    </ol>
  );
}

function ScopeStep({ api: { id, scopes = [] } }: { readonly api: Api }) {
  const [first] = scopes;
  return (
    <Step title="Protect a route with a required scope">
      {first === undefined ? (
        <p>
          A token has a scope only if it is a permission of this API, which has none yet:{' '}
          <a href={pages.api(id, 'permissions')}>add read:messages in the Permissions tab</a>.
        </p>
      ) : (
        <p>
          A token without it gets 403. The <a href={pages.api(id, 'permissions')}>Permissions tab</a> has all
          there are. This goes above <code>app.listen</code>.
        </p>
      )}
      <CodeBlock title="server.js" label="scope route" code={scopeRoute(first?.value ?? 'read:messages')} />
    </Step>
  );
}

/** Without it the API cannot read the tenant's keys, and answers 503. */
function TrustAdvice() {
  return (
    <p class="advice">
      The certificate of the tenant is from an authority of its own, which Node.js does not know: by{' '}
      <code>npm run dev</code> alone the API could not read the tenant’s keys, and would answer 503.{' '}
      <code>auth0 local exec</code> starts it with that authority trusted. It comes with the tarballs.
    </p>
  );
}

function AlgorithmAdvice({ algorithm }: { readonly algorithm: Api['signing_alg'] }) {
  if (algorithm === 'RS256') return null;
  return (
    <p class="advice">
      {algorithm === 'HS256'
        ? 'The tokens of this API are signed with HS256, a secret that both sides know. The SDK refuses that: create an API with RS256 for it.'
        : `The tokens of this API are signed with ${algorithm}, so the SDK has to be told: it accepts RS256 otherwise.`}
    </p>
  );
}
