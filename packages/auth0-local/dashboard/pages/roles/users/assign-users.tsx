import { useState } from 'preact/hooks';
import { assignRole, unassignRole } from '../../../api/assign-role.ts';
import { itemPath, useItems, type Role, type ShownUser } from '../../../api/management.ts';
import { useUsers } from '../../../api/use-users.ts';
import { Button } from '../../../components/button.tsx';
import { FilterBox } from '../../../components/data-table.tsx';
import { notify } from '../../../components/notices.tsx';
import { useKept } from '../../../components/use-kept.ts';
import { useSettled } from '../../../components/use-settled.ts';

/** How many are shown; more are found by typing more. */
const most = 8;

/** Finds users, and gives them a role. */
export function AssignUsers({ role }: { readonly role: Role }) {
  const [typed, setTyped] = useState('');
  const settled = useSettled(typed.trim());
  const isSearched = typed.trim() !== '';
  const found = useKept(useUsers(settled === '' ? undefined : settled, { size: most }).data);
  return (
    <div class="assign-users">
      <FilterBox label="Find a user by email, name or id" value={typed} onInput={setTyped} />
      <p class="hint" role="status">
        {isSearched && found !== undefined ? describeFound(found.total) : ''}
      </p>
      {isSearched && found !== undefined && found.users.length > 0 && (
        <ul>
          {found.users.map((user) => (
            <FoundUser key={user.user_id} user={user} role={role} />
          ))}
        </ul>
      )}
    </div>
  );
}

function FoundUser({
  user: { user_id: id, email, name },
  role,
}: {
  readonly user: ShownUser;
  readonly role: Role;
}) {
  const roles = useItems<Role>(`${itemPath('/v2/users', id)}/roles`, 'roles').data;
  const [isBusy, setBusy] = useState(false);
  const assign = async (button: Element): Promise<void> => {
    // It is gone when the user has the role: the next user is looked for.
    const search = button.closest('.assign-users')?.querySelector('input');
    setBusy(true);
    try {
      await assignRole(id, role.id);
      search?.focus();
      notify(`${email} has the role ${role.name}.`, () => unassignRole(id, role.id));
    } catch (error) {
      notify((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <li>
      <span>
        <strong>{email}</strong>
        {name !== email && <span class="hint"> {name}</span>}
      </span>
      {roles?.some((other) => other.id === role.id) ? (
        <span class="hint">Has it</span>
      ) : (
        <Button
          label={`Give the role to ${email}`}
          isBusy={isBusy || roles === undefined}
          onClick={(event) => void assign(event.currentTarget as Element)}
        >
          Give role
        </Button>
      )}
    </li>
  );
}

function describeFound(total: number): string {
  if (total === 0) return 'Nobody found.';
  return total > most
    ? `${total.toLocaleString('en')} found: type more to see the right one.`
    : `${total} found.`;
}
