import type { ComponentChildren } from 'preact';
import { CodeBlock, CopyText } from '../../components/copy.tsx';
import { Moment } from '../../components/moment.tsx';
import { Facts } from '../../components/page.tsx';
import type { ShownKey } from './shown-key.ts';

/** What a key is known by, and its certificate. */
export function KeyFacts({ shownKey }: { readonly shownKey: ShownKey }) {
  const { kid, fingerprint, cert } = shownKey;
  return (
    <>
      <Facts
        facts={[
          ['Key id (kid)', <CopyText text={kid} label="key id" />],
          ...timesOf(shownKey),
          ['SHA-1 fingerprint', <CopyText text={fingerprint} label="fingerprint" />],
        ]}
      />
      <details class="certificate">
        <summary>Certificate</summary>
        <CodeBlock code={cert} title="PEM" label={`certificate of ${kid}`} />
      </details>
    </>
  );
}

function timesOf(shownKey: ShownKey): (readonly [string, ComponentChildren])[] {
  const times = [
    [shownKey.current ? 'Signs since' : 'Signed from', shownKey.current_since],
    ['Signed until', shownKey.current_until],
    ['Revoked', shownKey.revoked_at],
  ] as const;
  return times.flatMap(([name, iso]) => (iso === undefined ? [] : [[name, <Moment iso={iso} />] as const]));
}
