import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { ShownUser } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { CopyText } from '../../components/copy.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { ItemName } from '../../components/item-name.tsx';
import { Menu } from '../../components/menu.tsx';
import { Moment } from '../../components/moment.tsx';
import { DeleteUserDialog } from './delete-user-dialog.tsx';
import { UserBadges } from './user-badges.tsx';

/** Users, each with the way to its details. */
export function UserTable({ users }: { readonly users: readonly ShownUser[] }) {
  const [deleted, setDeleted] = useState<ShownUser>();
  const columns: readonly Column<ShownUser>[] = [
    { header: 'User', cell: (user) => <UserName user={user} /> },
    {
      header: 'Id',
      cell: ({ user_id: id, email }) => <CopyText text={id} label={`id of ${email}`} />,
    },
    { header: 'State', cell: (user) => <UserBadges user={user} /> },
    { header: 'Last login', cell: (user) => <LastLogin user={user} /> },
    {
      header: 'Actions',
      isNarrow: true,
      cell: (user) => <UserMenu user={user} onDelete={setDeleted} />,
    },
  ];
  return (
    <>
      <DataTable caption="Users" columns={columns} items={users} keyOf={({ user_id: id }) => id} />
      {deleted && <DeleteUserDialog user={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  );
}

function UserName({ user: { user_id: id, email, name } }: { readonly user: ShownUser }) {
  return <ItemName icon="user" href={pages.user(id)} name={email} {...(name !== email && { hint: name })} />;
}

function LastLogin({ user: { last_login: iso, logins_count: count = 0 } }: { readonly user: ShownUser }) {
  if (iso === undefined) return <span class="hint">Never</span>;
  return (
    <>
      <Moment iso={iso} />
      <div class="hint">{count === 1 ? '1 login' : `${count} logins`}</div>
    </>
  );
}

function UserMenu({
  user,
  onDelete,
}: {
  readonly user: ShownUser;
  readonly onDelete: (user: ShownUser) => void;
}) {
  const { route } = useLocation();
  const { user_id: id, email } = user;
  return (
    <Menu
      label={`Actions for ${email}`}
      items={[
        { label: 'Details', onSelect: () => route(pages.user(id)) },
        { label: 'Roles', onSelect: () => route(pages.user(id, 'roles')) },
        { label: 'Permissions', onSelect: () => route(pages.user(id, 'permissions')) },
        { label: 'Delete', isDanger: true, onSelect: () => onDelete(user) },
      ]}
    />
  );
}
