import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { FieldFrame, type FieldTexts } from './field-frame.tsx';

interface TextProps extends FieldTexts {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly name?: string;
  readonly type?: 'text' | 'email' | 'password' | 'url' | 'search' | 'number';
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  readonly isReadOnly?: boolean;
  readonly isMono?: boolean;
  readonly autocomplete?: string;
  readonly min?: number;
  readonly max?: number;
}

/** A line of text. */
export function TextField({
  value,
  onInput,
  name,
  type = 'text',
  placeholder,
  isRequired,
  isReadOnly,
  isMono,
  autocomplete = 'off',
  min,
  max,
  ...texts
}: TextProps) {
  return (
    <FieldFrame {...texts}>
      {(attributes) => (
        <input
          {...attributes}
          class={isMono ? 'mono' : undefined}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
          name={name}
          // One type of the union is named: the others take the same attributes here.
          type={type as 'text'}
          placeholder={placeholder}
          required={isRequired}
          readOnly={isReadOnly}
          autocomplete={autocomplete}
          min={min}
          max={max}
          autocapitalize="off"
          spellcheck={false}
        />
      )}
    </FieldFrame>
  );
}

/** Several lines of text. */
export function TextArea({
  value,
  onInput,
  rows = 4,
  isMono,
  placeholder,
  ...texts
}: FieldTexts & {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly rows?: number;
  readonly isMono?: boolean;
  readonly placeholder?: string;
}) {
  return (
    <FieldFrame {...texts}>
      {(attributes) => (
        <textarea
          {...attributes}
          class={isMono ? 'mono' : undefined}
          rows={rows}
          value={value}
          placeholder={placeholder}
          onInput={(event) => onInput(event.currentTarget.value)}
          spellcheck={false}
        />
      )}
    </FieldFrame>
  );
}

/** One of several values. */
export function SelectField({
  value,
  onInput,
  options,
  isDisabled,
  ...texts
}: FieldTexts & {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly isDisabled?: boolean;
}) {
  return (
    <FieldFrame {...texts}>
      {(attributes) => (
        <select
          {...attributes}
          value={value}
          disabled={isDisabled}
          onInput={(event) => onInput(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}

/** Yes or no. */
export function Checkbox({
  label,
  hint,
  isChecked,
  onChange,
  isDisabled,
  isMono,
}: {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly isDisabled?: boolean;
  readonly isMono?: boolean;
}) {
  const id = useId();
  return (
    <div class="checkbox">
      <input
        id={id}
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <label for={id} class={isMono ? 'mono' : undefined}>
        {label}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** On or off, at once. */
export function Switch({
  label,
  isOn,
  onChange,
  isDisabled,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
}) {
  return (
    <button
      class="switch"
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      disabled={isDisabled}
      onClick={() => onChange(!isOn)}
    >
      <span />
    </button>
  );
}

/** One of a few values that each need a word of explanation. */
export function RadioGroup<Value extends string>({
  legend,
  name,
  value,
  onInput,
  options,
}: {
  readonly legend: string;
  readonly name: string;
  readonly value: Value;
  readonly onInput: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[];
}) {
  const id = useId();
  return (
    <fieldset class="radios">
      <legend>{legend}</legend>
      {options.map((option) => (
        <div class="checkbox" key={option.value}>
          <input
            id={`${id}-${option.value}`}
            type="radio"
            name={`${name}-${id}`}
            checked={option.value === value}
            onChange={() => onInput(option.value)}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
          />
          <label for={`${id}-${option.value}`}>{option.label}</label>
          {option.hint && (
            <p class="hint" id={`${id}-${option.value}-hint`}>
              {option.hint}
            </p>
          )}
        </div>
      ))}
    </fieldset>
  );
}
