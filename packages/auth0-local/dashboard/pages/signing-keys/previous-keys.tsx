import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { Badge } from '../../components/page.tsx';
import { KeyFacts } from './key-facts.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import type { ShownKey } from './shown-key.ts';

/** The keys that signed before, and what takes one out of use. */
export function PreviousKeys({ keys }: { readonly keys: readonly ShownKey[] }) {
  const [asked, setAsked] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  const previouslyAsked = useRef<string | undefined>(undefined);
  useEffect(() => {
    // The button that was pressed is gone with the key's use: its heading is the next best place.
    if (asked === undefined && document.activeElement?.matches('body, h1')) {
      list.current?.querySelector<HTMLElement>(`[data-kid="${previouslyAsked.current}"]`)?.focus();
    }
    previouslyAsked.current = asked;
  }, [asked]);
  if (keys.length === 0) return <p class="hint">None yet: after a rotation the old key is here.</p>;
  return (
    <>
      <ul class="keys" ref={list}>
        {keys.map((key) => (
          <li key={key.kid} class="stack">
            <div class="key-title">
              <h3 tabIndex={-1} data-kid={key.kid}>
                {key.kid}
              </h3>
              {key.revoked ? (
                <Badge look="bad">Revoked</Badge>
              ) : (
                <Button look="danger" label={`Revoke ${key.kid}`} onClick={() => setAsked(key.kid)}>
                  Revoke
                </Button>
              )}
            </div>
            <KeyFacts shownKey={key} />
          </li>
        ))}
      </ul>
      {asked !== undefined && <RevokeDialog kid={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
