import { pages } from '../../../api/navigation.ts';
import { Button } from '../../../components/button.tsx';
import { CommandBlock } from '../../../components/command-block.tsx';
import { Section } from '../../../components/page.tsx';
import { TokenText, TokenView } from '../../../components/token-view.tsx';
import { Expiry } from './expiry.tsx';
import type { TestToken, TokenState } from './use-test-token.ts';

/** The token and what is in it, or why there is none. */
export function TokenSection({
  state: { token, refusal, isUnanswered, isLoading, renew },
}: {
  readonly state: TokenState;
}) {
  return (
    <Section
      title="Access token"
      lead={<TokenLead token={token} isRefused={refusal !== undefined} isUnanswered={isUnanswered} />}
      actions={
        <>
          {isUnanswered && (
            <span class="field-error" role="alert">
              No new token: the tenant does not answer.
            </span>
          )}
          <Button icon="key" isBusy={isLoading} onClick={renew}>
            New token
          </Button>
        </>
      }
    >
      <div class="test-token" aria-busy={isLoading}>
        {refusal && (
          <Explanation look="problem" text={refusal.message} fix={refusal.fix} logId={refusal.logId} />
        )}
        {token && (
          <>
            <div class="test-token-side">
              <TokenText token={token.access_token} />
              {token.note && (
                <Explanation
                  look="advice"
                  text={token.note.description}
                  fix={token.note.fix}
                  logId={token.log_id}
                />
              )}
            </div>
            <TokenView token={token.access_token} />
          </>
        )}
      </div>
      <p class="visually-hidden" role="status">
        {token && !isLoading ? 'The token is here.' : ''}
      </p>
    </Section>
  );
}

function TokenLead({
  token,
  isRefused,
  isUnanswered,
}: {
  readonly token: TestToken | undefined;
  readonly isRefused: boolean;
  readonly isUnanswered: boolean;
}) {
  if (isRefused) return <>Refused</>;
  if (token === undefined) return <>{isUnanswered ? 'None yet' : 'On its way'}</>;
  return (
    <>
      <Expiry key={token.access_token} token={token} />, with {countScopes(token.scope)}
    </>
  );
}

/** Their names stand in the claims. Here they would take more or fewer lines with each token. */
function countScopes(scope: string | undefined): string {
  const count = scope?.split(' ').length ?? 0;
  return count === 1 ? '1 scope' : `${count === 0 ? 'no' : count} scopes`;
}

/** Why there is no token, or less in it than was asked for; and the command that changes it. */
function Explanation({
  look,
  text,
  fix,
  logId,
}: {
  readonly look: 'problem' | 'advice';
  readonly text: string;
  readonly fix: string | undefined;
  readonly logId: string | undefined;
}) {
  return (
    <div class={look} role={look === 'problem' ? 'alert' : undefined}>
      <p>{text}</p>
      {fix && <CommandBlock command={fix} />}
      {logId !== undefined && (
        <p>
          <a href={pages.event(logId)}>See it in Activity</a>
        </p>
      )}
    </div>
  );
}
