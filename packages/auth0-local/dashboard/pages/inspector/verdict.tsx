import type { PastedExplanation } from '../../../src/explain/explain-pasted-token.ts';
import { Icon } from '../../components/icon.tsx';
import { Facts } from '../../components/page.tsx';

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

/** What an API would answer to a request with the token. */
export function Verdict({ explanation }: { readonly explanation: PastedExplanation }) {
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
      <Facts
        facts={[
          ...(reason === undefined ? [] : [['Reason', <code>{reason}</code>] as const]),
          ...(description === undefined ? [] : [['What the caller reads', description] as const]),
          ...(leftOut.length === 0 ? [] : [['Left out of what was pasted', leftOut.join(', ')] as const]),
        ]}
      />
    </div>
  );
}
