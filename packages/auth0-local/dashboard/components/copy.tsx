import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

const shownMs = 1500;

/** Copies a text, and says so. */
export function CopyButton({
  text,
  label,
  hasWords = false,
}: {
  readonly text: string;
  /** What is copied: "Copy <label>". */
  readonly label: string;
  readonly hasWords?: boolean;
}) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const words = { copied: 'Copied', failed: 'Press Ctrl+C' };
  return (
    <button
      class={hasWords ? 'button secondary copy' : 'icon-button copy'}
      type="button"
      aria-label={`Copy ${label}`}
      title={`Copy ${label}`}
      data-outcome={outcome}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setOutcome('copied'),
          () => setOutcome('failed'),
        );
      }}
    >
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      {hasWords && <span>{outcome === undefined ? 'Copy' : words[outcome]}</span>}
      <span class="visually-hidden" role="status">
        {outcome === 'copied' ? `${label} copied` : ''}
      </span>
    </button>
  );
}

/** An identifier with the button that copies it. */
export function CopyText({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <span class="copy-text">
      <code title={text}>{text}</code>
      <CopyButton text={text} label={label} />
    </span>
  );
}

/** Code, with the button that copies it. */
export function CodeBlock({
  code,
  label,
  title,
  kind,
  children = code,
}: {
  readonly code: string;
  /** What it is, for the button: "Copy <label>". */
  readonly label: string;
  /** Where it goes: a file, or what kind of code it is. */
  readonly title?: string;
  /** The names of its further styles: `wraps` shows long lines whole. */
  readonly kind?: string;
  /** The code as it is shown, where that is more than the text. */
  readonly children?: ComponentChildren;
}) {
  return (
    <figure class={kind === undefined ? 'code' : `code ${kind}`}>
      <figcaption>
        <span>{title}</span>
        <CopyButton text={code} label={label} />
      </figcaption>
      <pre tabIndex={0} aria-label={label}>
        <code>{children}</code>
      </pre>
    </figure>
  );
}
