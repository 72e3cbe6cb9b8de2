import { tenantStatus } from '../../../api/status.ts';
import { useStore } from '../../../api/store.ts';
import { CommandBlock } from '../../../components/command-block.tsx';
import { readNamedParties } from '../../inspector/read-named-parties.ts';

/** What the SDK's 503 means: the API trusts the issuer of the token, and has not got its keys. */
export function OutageHint({ token }: { readonly token: string }) {
  const http = useStore(tenantStatus)?.urls.http;
  const { issuer = '' } = readNamedParties(token);
  return (
    <div class="advice">
      <p>
        503: your API cannot fetch the keys of <code>{issuer}</code>, its AUTH0_DOMAIN: that does not answer
        where your API runs, or not over a connection that it trusts. Its log says which.
      </p>
      {issuer.startsWith('https:') && (
        <>
          <p>
            Over https it has to trust this tenant’s certificate authority. This command starts it with
            NODE_EXTRA_CA_CERTS, which does that.
            {http !== undefined && (
              <>
                {' '}
                Or set <code>AUTH0_DOMAIN={http}</code>, and take tokens from the Dashboard there.
              </>
            )}
          </p>
          <CommandBlock command="auth0 local exec -- node server.js" />
        </>
      )}
    </div>
  );
}
