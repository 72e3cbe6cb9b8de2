import { assignRole, unassignRole } from '../../../api/assign-role.ts';
import { itemPath, useItems, type Role, type ShownUser } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { setData } from '../../../api/use-query.ts';
import { IconButton } from '../../../components/button.tsx';
import { DataTable, type Column } from '../../../components/data-table.tsx';
import { focusNeighbour } from '../../../components/focus-neighbour.ts';
import { notify } from '../../../components/notices.tsx';
import { EmptyState, Loaded, Section } from '../../../components/page.tsx';
import { AddRoleForm } from './add-role-form.tsx';

/** The roles of a user: more are added, and each can be taken away again. */
export function RolesTab({ user }: { readonly user: ShownUser }) {
  const path = `${itemPath('/v2/users', user.user_id)}/roles`;
  const query = useItems<Role>(path, 'roles');
  return (
    <Section title="Roles" lead="The user has all permissions of each.">
      <Loaded query={query} rows={3}>
        {(roles) => (
          <div class="stack">
            <AddRoleForm user={user} roles={roles} />
            <RoleTable user={user} roles={roles} path={path} />
          </div>
        )}
      </Loaded>
    </Section>
  );
}

function RoleTable({
  user: { user_id: userId, email },
  roles,
  path,
}: {
  readonly user: ShownUser;
  readonly roles: readonly Role[];
  readonly path: string;
}) {
  const remove = ({ id, name }: Role): void => {
    setData<readonly Role[]>(path, (shown) => shown.filter((role) => role.id !== id));
    unassignRole(userId, id).then(
      () => notify(`${email} no longer has the role ${name}.`, () => assignRole(userId, id)),
      (error: Error) => notify(error.message),
    );
  };
  const columns: readonly Column<Role>[] = [
    { header: 'Role', cell: ({ id, name }) => <a href={pages.role(id)}>{name}</a> },
    { header: 'Description', cell: ({ description }) => description },
    {
      header: 'Actions',
      isNarrow: true,
      cell: (role) => (
        <IconButton
          icon="trash"
          label={`Remove ${role.name}`}
          onClick={(event) => {
            focusNeighbour(event.currentTarget);
            remove(role);
          }}
        />
      ),
    },
  ];
  if (roles.length === 0) {
    return (
      <EmptyState icon="role" title="No roles yet">
        Without one the user has the permissions of its own only.
      </EmptyState>
    );
  }
  return <DataTable caption="Roles" columns={columns} items={roles} keyOf={({ id }) => id} />;
}
