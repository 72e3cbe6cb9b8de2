import type { SuggestedCheck } from '../../../src/explain/explain-pasted-token.ts';
import { CommandBlock } from '../../components/command-block.tsx';
import { Icon } from '../../components/icon.tsx';

const words = {
  passed: { icon: 'check', word: 'Passed' },
  failed: { icon: 'cross', word: 'Failed' },
  not_reached: { icon: 'more', word: 'Not reached' },
} as const;

/** The checks in the order in which an API makes them; the one that failed is open. */
export function CheckList({ checks }: { readonly checks: readonly SuggestedCheck[] }) {
  return (
    <ol class="checks">
      {checks.map((check) => (
        <li key={`${check.name} ${check.outcome}`}>
          <CheckLine check={check} />
        </li>
      ))}
    </ol>
  );
}

function CheckLine({ check }: { readonly check: SuggestedCheck }) {
  const { title, outcome, expected, found, fix, command } = check;
  const { icon, word } = words[outcome];
  return (
    <details class={`check ${outcome}`} open={outcome === 'failed'}>
      <summary>
        <Icon name={icon} />
        <span class="check-title">{title}</span>
        <span class="check-word">{word}</span>
        {outcome === 'passed' && <code class="check-glimpse">{found}</code>}
      </summary>
      <dl>
        <dt>Expected</dt>
        <dd>{expected}</dd>
        {found !== undefined && (
          <>
            <dt>Found</dt>
            <dd>{found}</dd>
          </>
        )}
      </dl>
      {fix !== undefined && <p class="check-fix">{fix}</p>}
      {command !== undefined && <CommandBlock command={command} />}
    </details>
  );
}
