import type { Api } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { Checkbox } from '../../../components/field.tsx';
import type { Draft } from '../../../components/use-draft.ts';
import type { TestChoice } from './test-choice.ts';

/** Chooses what the token is to allow. */
export function ScopePicker({
  api: { id, scopes = [] },
  choice: { value, set },
}: {
  readonly api: Api;
  readonly choice: Draft<TestChoice>;
}) {
  const names = scopes.map(({ value: name }) => name);
  if (names.length === 0) {
    return (
      <p class="hint">
        The API has no permissions yet: its tokens have no scope.{' '}
        <a href={pages.api(id, 'permissions')}>Add some.</a>
      </p>
    );
  }
  const chosen = new Set(value.scopes ?? names);
  const choose = (name: string, isChosen: boolean): void => {
    const next = names.filter((other) => (other === name ? isChosen : chosen.has(other)));
    set({ scopes: next.length === names.length ? null : next });
  };
  return (
    <fieldset class="scopes">
      <legend>Permissions to ask for</legend>
      <Checkbox
        label="All permissions"
        isChecked={value.scopes === null}
        onChange={(isAll) => set({ scopes: isAll ? null : [] })}
      />
      <div class="scope-list">
        {scopes.map(({ value: name, description }) => (
          <Checkbox
            key={name}
            label={name}
            hint={description}
            isChecked={chosen.has(name)}
            onChange={(isChosen) => choose(name, isChosen)}
            isMono
          />
        ))}
      </div>
      {value.scopes?.length === 0 && value.subject === 'application' && (
        <p class="hint">An application that asks for nothing gets everything its grant has.</p>
      )}
    </fieldset>
  );
}
