import { useId } from 'preact/hooks';
import { languages, type Language } from './test-choice.ts';

/** Chooses the language of the code. */
export function LanguagePicker({
  language,
  onInput,
}: {
  readonly language: Language;
  readonly onInput: (language: Language) => void;
}) {
  const name = useId();
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">Language of the code</legend>
      {languages.map((option) => (
        <label key={option}>
          <input type="radio" name={name} checked={option === language} onChange={() => onInput(option)} />
          <span>{option}</span>
        </label>
      ))}
    </fieldset>
  );
}
