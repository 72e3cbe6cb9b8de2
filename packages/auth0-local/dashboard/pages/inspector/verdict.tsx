import type { PastedExplanation } from '../../../src/explain/explain-pasted-token.ts';
import type { ApiRefusal } from '../../api/token-to-inspect.ts';
import { Icon } from '../../components/icon.tsx';
import { Facts } from '../../components/page.tsx';
import { RefusalCause } from '../../components/refusal-cause.tsx';
import { findRefusalCause } from '../../components/refusal-causes.ts';

const words = {
  accepted: { icon: 'check', word: 'Accepted' },
  refused: { icon: 'cross', word: 'Refused' },
  undecided: { icon: 'warning', word: 'Undecided' },
} as const;

const statusTexts = {
  200: 'OK',
  401: 'Unauthorized',
  403: 'Forbidden',
  503: 'Service Unavailable',
} as const;

/** What an API would answer to a request with the token; and what one has answered, if that is known. */
export function Verdict({
  explanation,
  refusal,
  token,
}: {
  readonly explanation: PastedExplanation;
  readonly refusal: ApiRefusal | undefined;
  readonly token: string;
}) {
  return explanation.verdict === 'accepted' && refusal !== undefined ? (
    <Contradiction refusal={refusal} token={token} />
  ) : (
    <TenantVerdict explanation={explanation} refusal={refusal} />
  );
}

/** The tenant's own settings say nothing of an API that has others. */
function Contradiction({ refusal, token }: { readonly refusal: ApiRefusal; readonly token: string }) {
  return (
    <div class="verdict undecided" role="status">
      <p class="verdict-word">
        <Icon name="warning" />
        <strong>Refused by your API</strong>
        <span>401 {statusTexts[401]}</span>
      </p>
      <p>
        This tenant’s settings would accept it. Your API refused it{' '}
        {refusal.description === undefined ? (
          'without a word'
        ) : (
          <>
            with <code>{refusal.description}</code>
          </>
        )}
        {findDifference(refusal)}
      </p>
      <RefusalCause refusal={refusal} token={token} />
    </div>
  );
}

function findDifference(refusal: ApiRefusal): string {
  const { isOfClaims, isOfSender } = findRefusalCause(refusal);
  if (isOfClaims) return ', once it had verified it: the claims are not what it asks for.';
  return isOfSender
    ? ': it takes no bearer tokens.'
    : ': it is set up differently (AUTH0_DOMAIN, AUTH0_AUDIENCE, algorithms, an old process).';
}

function TenantVerdict({
  explanation,
  refusal,
}: {
  readonly explanation: PastedExplanation;
  readonly refusal: ApiRefusal | undefined;
}) {
  const { verdict, statusCode, reason, description, left_out: leftOut } = explanation;
  const { icon, word } = words[verdict];
  return (
    <div class={`verdict ${verdict}`} role="status">
      <p class="verdict-word">
        <Icon name={icon} />
        <strong>{word}</strong>
        <span>
          {statusCode} {statusTexts[statusCode]}
        </span>
      </p>
      <Standard explanation={explanation} />
      <Facts
        facts={[
          ...(reason === undefined ? [] : [['Reason', <code>{reason}</code>] as const]),
          ...(description === undefined ? [] : [['What the caller reads', description] as const]),
          ...(refusal === undefined
            ? []
            : [['What your API said', <code>{refusal.description ?? '401, without a word'}</code>] as const]),
          ...(leftOut.length === 0 ? [] : [['Left out of what was pasted', leftOut.join(', ')] as const]),
        ]}
      />
    </div>
  );
}

/** What the verdict is about: an API that is set up in another way gives another one. */
function Standard({ explanation: { verdict, checks } }: { readonly explanation: PastedExplanation }) {
  const expectedBy = (name: 'audience' | 'issuer'): string =>
    checks.find((check) => check.name === name)?.expected ?? '';
  return (
    <p>
      By this tenant’s settings, for an API with <code>AUTH0_AUDIENCE={expectedBy('audience')}</code> and{' '}
      <code>AUTH0_DOMAIN={expectedBy('issuer').replace(/\/$/, '')}</code>.
      {verdict === 'accepted' &&
        ' An API that is set up with these accepts it; one that is set up otherwise may refuse it.'}
    </p>
  );
}
