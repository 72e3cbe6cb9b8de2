import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useList, type Role } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { Button } from '../../components/button.tsx';
import type { Column } from '../../components/data-table.tsx';
import { FilteredTable } from '../../components/filtered-table.tsx';
import { ItemName } from '../../components/item-name.tsx';
import { Menu } from '../../components/menu.tsx';
import { EmptyState, Loaded, Page } from '../../components/page.tsx';
import { CreateRoleDialog } from './create-role-dialog.tsx';
import { DeleteRoleDialog } from './delete-role-dialog.tsx';

/** What of a role can be looked for. */
const textOf = ({ name, description }: Role): string => `${name} ${description}`;

/** The roles of the tenant, and the way to another. */
export function RoleListPage() {
  const query = useList('/v2/roles');
  const [isCreating, setCreating] = useState(false);
  return (
    <Page
      title="Roles"
      lead="Permissions under one name, for users who may do the same."
      actions={
        <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
          Create role
        </Button>
      }
    >
      <Loaded query={query}>
        {(roles) => <RoleList roles={roles} onCreate={() => setCreating(true)} />}
      </Loaded>
      {isCreating && <CreateRoleDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function RoleList({ roles, onCreate }: { readonly roles: readonly Role[]; readonly onCreate: () => void }) {
  const [deleted, setDeleted] = useState<Role>();
  const columns: readonly Column<Role>[] = [
    { header: 'Name', cell: ({ id, name }) => <ItemName icon="role" href={pages.role(id)} name={name} /> },
    { header: 'Description', cell: ({ description }) => description },
    { header: 'Actions', isNarrow: true, cell: (role) => <RoleMenu role={role} onDelete={setDeleted} /> },
  ];
  if (roles.length === 0) {
    return (
      <EmptyState
        icon="role"
        title="No roles yet"
        action={<Button onClick={onCreate}>Create your first role</Button>}
      >
        Give a role permissions of your APIs, and then to users: with RBAC, their tokens have them.
      </EmptyState>
    );
  }
  return (
    <>
      <FilteredTable
        caption="Roles"
        columns={columns}
        items={roles}
        keyOf={({ id }) => id}
        textOf={textOf}
        filterLabel="Filter by name or description"
        filterFrom={1}
      />
      {deleted && <DeleteRoleDialog role={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  );
}

function RoleMenu({ role, onDelete }: { readonly role: Role; readonly onDelete: (role: Role) => void }) {
  const { route } = useLocation();
  return (
    <Menu
      label={`Actions for ${role.name}`}
      items={[
        { label: 'Settings', onSelect: () => route(pages.role(role.id)) },
        { label: 'Permissions', onSelect: () => route(pages.role(role.id, 'permissions')) },
        { label: 'Users', onSelect: () => route(pages.role(role.id, 'users')) },
        { label: 'Delete', isDanger: true, onSelect: () => onDelete(role) },
      ]}
    />
  );
}
