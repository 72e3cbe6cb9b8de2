import { useState } from 'preact/hooks';
import { assignRole, unassignRole } from '../../../api/assign-role.ts';
import type { Role } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { setData } from '../../../api/use-query.ts';
import { IconButton } from '../../../components/button.tsx';
import { DataTable, Pager, type Column } from '../../../components/data-table.tsx';
import { focusNeighbour } from '../../../components/focus-neighbour.ts';
import { notify } from '../../../components/notices.tsx';
import { EmptyState, Loaded, Section } from '../../../components/page.tsx';
import { useKept } from '../../../components/use-kept.ts';
import { AssignUsers } from './assign-users.tsx';
import { membersPath, useMembers, type Member, type MemberPage } from './use-members.ts';

const size = 50;

/** The users who have a role: more get it, and each can lose it again. */
export function UsersTab({ role }: { readonly role: Role }) {
  const [page, setPage] = useState(0);
  const query = useMembers(role.id, { page, size });
  // What was there stays until the next page is here.
  const data = useKept(query.data);
  return (
    <>
      <Section title="Give this role to users">
        <AssignUsers role={role} />
      </Section>
      <Section title="Users with this role">
        <Loaded query={{ ...query, data }} rows={3}>
          {(members) => (
            <div aria-busy={query.data === undefined}>
              <MemberTable role={role} members={members} page={page} onPage={setPage} />
            </div>
          )}
        </Loaded>
      </Section>
    </>
  );
}

function MemberTable({
  role: { id: roleId, name: roleName },
  members: { users, total },
  page,
  onPage,
}: {
  readonly role: Role;
  readonly members: MemberPage;
  readonly page: number;
  readonly onPage: (page: number) => void;
}) {
  const remove = ({ user_id: id, email }: Member): void => {
    setData<MemberPage>(membersPath(roleId, { page, size }), (shown) => ({
      users: shown.users.filter((user) => user.user_id !== id),
      total: shown.total - 1,
    }));
    if (users.length === 1 && page > 0) onPage(page - 1);
    unassignRole(id, roleId).then(
      () => notify(`${email} no longer has the role ${roleName}.`, () => assignRole(id, roleId)),
      (error: Error) => notify(error.message),
    );
  };
  const columns: readonly Column<Member>[] = [
    { header: 'User', cell: ({ user_id: id, email }) => <a href={pages.user(id, 'roles')}>{email}</a> },
    { header: 'Name', cell: ({ name }) => name },
    {
      header: 'Actions',
      isNarrow: true,
      cell: (user) => (
        <IconButton
          icon="trash"
          label={`Remove ${user.email}`}
          onClick={(event) => {
            focusNeighbour(event.currentTarget);
            remove(user);
          }}
        />
      ),
    },
  ];
  if (total === 0) {
    return (
      <EmptyState icon="user" title="No users yet">
        Nobody has this role. Find a user above and give it to them.
      </EmptyState>
    );
  }
  return (
    <>
      <DataTable
        caption="Users with this role"
        columns={columns}
        items={users}
        keyOf={({ user_id: id }) => id}
      />
      <Pager page={page} total={total} size={size} onPage={onPage} />
    </>
  );
}
