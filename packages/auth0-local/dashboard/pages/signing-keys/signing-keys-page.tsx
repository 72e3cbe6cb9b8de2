import '../../styles/keys.css';
import { useState } from 'preact/hooks';
import { useOne } from '../../api/management.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { Loaded, Page, Section } from '../../components/page.tsx';
import { KeyFacts } from './key-facts.tsx';
import { PreviousKeys } from './previous-keys.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { keysPath, type ShownKey } from './shown-key.ts';

/** The keys that tokens are signed with. */
export function SigningKeysPage() {
  const query = useOne<readonly ShownKey[]>(keysPath);
  const [isRotating, setRotating] = useState(false);
  return (
    <Page
      title="Signing keys"
      lead="What tokens are signed with. APIs check signatures with the public halves, which the JWKS has."
      actions={
        <>
          <LinkButton href="/.well-known/jwks.json">Open the JWKS</LinkButton>
          <Button look="primary" onClick={() => setRotating(true)}>
            Rotate keys
          </Button>
        </>
      }
    >
      <Loaded query={query} rows={8}>
        {(keys) => <KeySections keys={keys} />}
      </Loaded>
      {isRotating && <RotateDialog onClose={() => setRotating(false)} />}
    </Page>
  );
}

function KeySections({ keys }: { readonly keys: readonly ShownKey[] }) {
  const current = keys.find((key) => key.current);
  const next = keys.find((key) => key.next);
  return (
    <>
      <Section title="Current key" lead="It signs every new token.">
        {current && <KeyFacts shownKey={current} />}
      </Section>
      <Section
        title="Next key"
        lead="It signs after the next rotation, and is published already: an API that keeps the JWKS in its memory knows it by then."
      >
        {next && <KeyFacts shownKey={next} />}
      </Section>
      <Section
        title="Previous keys"
        lead="They sign no more. What they have signed is good until they are revoked."
      >
        {/* The tenant has them in the order of their making. */}
        <PreviousKeys keys={keys.filter((key) => key.previous).toReversed()} />
      </Section>
    </>
  );
}
