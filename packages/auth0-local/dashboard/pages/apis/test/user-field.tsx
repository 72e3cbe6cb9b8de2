import { useState } from 'preact/hooks';
import { itemPath, useOne, type ShownUser } from '../../../api/management.ts';
import { useUsers, type FoundUsers } from '../../../api/use-users.ts';
import { FilterBox } from '../../../components/data-table.tsx';
import { SelectField } from '../../../components/field.tsx';
import { useKept } from '../../../components/use-kept.ts';
import { useSettled } from '../../../components/use-settled.ts';
import { toChosenUser } from './read-token-request.ts';
import type { ChosenUser } from './test-choice.ts';

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
  const typed = filter.trim();
  const settled = useSettled(typed);
  const { data: search } = useUsers(settled === '' ? undefined : settled);
  const kept = useKept(search);
  const found = (settled !== '' && kept) || all;
  // Until then the list is that of what was typed before.
  const isCurrent = typed === settled && (settled === '' || search !== undefined);
  const listed = found.users.map(toChosenUser);
  const isListed = listed.some(({ user_id: id }) => id === user?.user_id);
  // Of a user from the address only the id is known.
  const isNameless = user !== undefined && !isListed && user.label === user.user_id;
  const { data: named } = useOne<ShownUser>(isNameless ? itemPath('/v2/users', user.user_id) : undefined);
  const chosen = named === undefined ? user : toChosenUser(named);
  const choices = chosen === undefined || isListed ? listed : [chosen, ...listed];
  const [first] = listed;
  return (
    <>
      {all.total > all.users.length && (
        <form
          class="user-filter"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            if (isCurrent && first !== undefined) onChoose(first);
          }}
        >
          <FilterBox label="Find a user by email or name" value={filter} onInput={setFilter} />
          <p class="hint" role="status">
            {isCurrent ? countFound(found.total, settled) : 'Looking…'}
          </p>
        </form>
      )}
      <SelectField
        label="User"
        value={user?.user_id ?? ''}
        onInput={(id) => {
          const next = choices.find((one) => one.user_id === id);
          if (next !== undefined) onChoose(next);
        }}
        options={choices.map(({ user_id: value, label }) => ({ value, label }))}
      />
    </>
  );
}

function countFound(total: number, filter: string): string {
  const count = total.toLocaleString('en');
  return filter === '' ? `${count} users.` : `${count} found. Enter chooses the first.`;
}
