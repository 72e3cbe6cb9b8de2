import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** The words around a field. */
export interface FieldTexts {
  readonly label: string;
  /** What to know before filling it in. */
  readonly hint?: ComponentChildren;
  /** What is wrong with what is in it, and the cure. */
  readonly error?: string | undefined;
}

/** What the control of a field needs to be read out with it. */
interface ControlAttributes {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** A label, a control and what belongs to it. */
export function FieldFrame({
  label,
  hint,
  error,
  children,
}: FieldTexts & { readonly children: (attributes: ControlAttributes) => ComponentChildren }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
