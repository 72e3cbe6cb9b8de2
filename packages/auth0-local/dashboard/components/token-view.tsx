import '../styles/token.css';
import { CodeBlock } from './copy.tsx';
import { Moment } from './moment.tsx';
import { readTokenParts } from './token-parts.ts';

/** A token as it is sent, its parts in the colours that `TokenView` gives to what is in them. */
export function TokenText({ token }: { readonly token: string }) {
  const [header = '', payload, ...rest] = token.split('.');
  return (
    <CodeBlock title="Token" label="access token" code={token} kind="wraps token-text">
      <span class="token-header">{header}</span>
      {payload !== undefined && (
        <>
          .<span class="token-claims">{payload}</span>
        </>
      )}
      {rest.map((part, index) => (
        <span key={index} class="token-signature">
          .{part}
        </span>
      ))}
    </CodeBlock>
  );
}

/** What is in a token: its header and its claims. Nothing of it is checked. */
export function TokenView({ token }: { readonly token: string }) {
  const { header, claims, obstacle } = readTokenParts(token);
  return (
    <div class="token-view">
      {header !== undefined && (
        <CodeBlock title="Header" label="header" code={header} kind="wraps token-header" />
      )}
      {claims !== undefined && (
        <CodeBlock title="Claims" label="claims" code={claims} kind="wraps token-claims">
          {claims.split('\n').map((line, index) => (
            <ClaimLine key={index} line={line} />
          ))}
        </CodeBlock>
      )}
      {obstacle !== undefined && <p class="advice">{obstacle}</p>}
    </div>
  );
}

/** Seconds since 1970 say nothing to people. */
function ClaimLine({ line }: { readonly line: string }) {
  const [, seconds] = /^ {2}"(?:exp|iat|nbf|auth_time)": (\d{1,11})(?:\.\d+)?,?$/.exec(line) ?? [];
  return (
    <>
      {line}
      {seconds !== undefined && (
        <span class="token-moment">
          {'  '}
          <Moment iso={new Date(Number(seconds) * 1000).toISOString()} />
        </span>
      )}
      {'\n'}
    </>
  );
}
