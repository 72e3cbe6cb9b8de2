import { Checkbox, TextField } from '../../../components/field.tsx';
import { Section } from '../../../components/page.tsx';
import type { SettingsPart } from './application-settings.ts';

/** How long the refresh tokens of an application live, and whether each is good once only. */
export function RefreshTokens({ value, set, errors }: SettingsPart) {
  const seconds = (
    name: 'leeway' | 'token_lifetime' | 'idle_token_lifetime',
    label: string,
    hint: string,
  ) => (
    <TextField
      label={label}
      type="number"
      min={0}
      value={value[name]}
      onInput={(typed) => set({ [name]: typed })}
      error={errors[name]}
      hint={hint}
    />
  );
  return (
    <Section title="Refresh tokens">
      <div class="stack">
        <Checkbox
          label="Rotate refresh tokens"
          hint="Each is good once, and brings the next. One that comes back later ends all of its login."
          isChecked={value.isRotating}
          onChange={(isRotating) => set({ isRotating })}
        />
        {value.isRotating &&
          seconds(
            'leeway',
            'Leeway',
            'For so many seconds a used one is still good, in case the answer was lost.',
          )}
        <Checkbox
          label="End after a time"
          hint="Counted from the login, however often they are used."
          isChecked={value.hasLifetime}
          onChange={(hasLifetime) => set({ hasLifetime })}
        />
        {value.hasLifetime && seconds('token_lifetime', 'Lifetime', 'In seconds: 2592000 is 30 days.')}
        <Checkbox
          label="End when not used"
          hint="Counted from the last time."
          isChecked={value.hasIdleLifetime}
          onChange={(hasIdleLifetime) => set({ hasIdleLifetime })}
        />
        {value.hasIdleLifetime &&
          seconds('idle_token_lifetime', 'Idle lifetime', 'In seconds: 1296000 is 15 days.')}
      </div>
    </Section>
  );
}
