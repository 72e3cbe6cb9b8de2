import { useState } from 'preact/hooks';
import { FilterBox } from '../../../components/data-table.tsx';
import { SelectField } from '../../../components/field.tsx';
import { toChosenUser } from './read-token-request.ts';
import type { ChosenUser } from './test-choice.ts';
import { useKept } from '../../../components/use-kept.ts';
import { useUsers, type FoundUsers } from '../../../api/use-users.ts';

/** Chooses a user; where there are many, those that fit what is typed. */
export function UserField({
  all,
  user,
  onChoose,
}: {
  readonly all: FoundUsers;
  readonly user: ChosenUser | undefined;
  readonly onChoose: (user: ChosenUser) => void;
}) {
  const [filter, setFilter] = useState('');
  const isFiltered = filter.trim() !== '';
  const search = useKept(useUsers(isFiltered ? filter : undefined).data);
  const found = (isFiltered && search) || all;
  const listed = found.users.map(toChosenUser);
  const isListed = listed.some(({ user_id: id }) => id === user?.user_id);
  const choices = user === undefined || isListed ? listed : [user, ...listed];
  const [first] = listed;
  return (
    <>
      {all.total > all.users.length && (
        <form
          class="user-filter"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            if (first !== undefined) onChoose(first);
          }}
        >
          <FilterBox label="Find a user by email or name" value={filter} onInput={setFilter} />
          <p class="hint" role="status">
            {isFiltered
              ? `${found.total} found. Enter chooses the first.`
              : `${all.total.toLocaleString('en')} users.`}
          </p>
        </form>
      )}
      <SelectField
        label="User"
        value={user?.user_id ?? ''}
        onInput={(id) => {
          const chosen = choices.find((one) => one.user_id === id);
          if (chosen !== undefined) onChoose(chosen);
        }}
        options={choices.map(({ user_id: value, label }) => ({ value, label }))}
      />
    </>
  );
}
