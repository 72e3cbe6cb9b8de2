import type { ComponentChildren } from 'preact';
import type { Api } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { CommandBlock } from '../../../components/command-block.tsx';
import type { TakenToken } from './send-call.ts';
import { useScopesFix } from './use-scopes-fix.ts';

/** What a 403 means: which scopes the request takes, and why the token does not have them. */
export function ScopeHint({
  scopes,
  taken,
  api,
}: {
  readonly scopes: readonly string[];
  readonly taken: TakenToken;
  readonly api: Api;
}) {
  return (
    <div class="advice">
      <p>
        403: your API accepts the token, which does not allow this request.
        {scopes.length > 0 && (
          <>
            {' '}
            It takes {scopes.length > 1 && 'all or any of: '}
            <code>{scopes.join(' ')}</code>
            {scopes.length > 1 && ', as the route decides'}.
          </>
        )}
      </p>
      {scopes.length > 0 && <MissingScopes scopes={scopes} taken={taken} api={api} />}
    </div>
  );
}

function MissingScopes({ scopes, taken, api }: Parameters<typeof ScopeHint>[0]) {
  const { token, request } = taken;
  const held = splitScope(token.scope);
  const missing = scopes.filter((scope) => !held.includes(scope));
  const unknown = missing.filter((scope) => !api.scopes?.some(({ value }) => value === scope));
  const known = missing.filter((scope) => !unknown.includes(scope));
  const isAsked = (scope: string): boolean =>
    request.scope === undefined || splitScope(request.scope).includes(scope);
  const refused = known.filter(isAsked);
  return (
    <>
      {missing.length === 0 && <p>The token has that. Your API may take any other claim besides.</p>}
      <ScopeLine scopes={unknown}>
        this API does not define it. <a href={pages.api(api.id, 'permissions')}>Add it in Permissions</a>
      </ScopeLine>
      <ScopeLine scopes={known.filter((scope) => !isAsked(scope))}>ask for it above.</ScopeLine>
      <ScopeLine scopes={refused}>asked for, and not given.</ScopeLine>
      {refused.length > 0 && <RefusedScopes scopes={refused} taken={taken} api={api} />}
    </>
  );
}

function ScopeLine({
  scopes,
  children,
}: {
  readonly scopes: readonly string[];
  readonly children: ComponentChildren;
}) {
  if (scopes.length === 0) return null;
  return (
    <p>
      <code>{scopes.join(' ')}</code>: {children}
    </p>
  );
}

/** Why scopes were not given, as the tenant has said with the token. */
function RefusedScopes({ scopes, taken, api }: Parameters<typeof ScopeHint>[0]) {
  const {
    token: { note },
    request: { user_id: userId },
  } = taken;
  const fix = useScopesFix(taken, api, scopes);
  return (
    <>
      {note !== undefined && <p>{note.description}</p>}
      {fix !== undefined && <CommandBlock command={fix} />}
      <p>
        {userId !== undefined && (
          <>
            <a href={pages.user(userId, 'roles')}>Roles of the user</a>
            {' · '}
          </>
        )}
        <a href={pages.api(api.id, 'access')}>Application Access of this API</a>
      </p>
    </>
  );
}

function splitScope(scope = ''): readonly string[] {
  return scope.split(' ').filter((name) => name !== '');
}
