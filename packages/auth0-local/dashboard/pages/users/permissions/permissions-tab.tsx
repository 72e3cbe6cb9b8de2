import { useHeldPermissions, type HeldPermission } from '../../../api/held-permissions.ts';
import { itemPath, type ShownUser } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { DataTable, Pager, useListView, type Column } from '../../../components/data-table.tsx';
import { HeldPermissions, permissionColumns, permissionKey } from '../../../components/held-permissions.tsx';
import { Loaded, Section } from '../../../components/page.tsx';

/** What a user may do: by permissions of its own, and by roles. */
export function PermissionsTab({ user: { user_id: id, email } }: { readonly user: ShownUser }) {
  const holder = itemPath('/v2/users', id);
  const query = useHeldPermissions(holder);
  return (
    <Loaded query={query}>
      {(held) => (
        <>
          <HeldPermissions
            title="Direct permissions"
            lead="What this user alone was given, beside what comes by roles."
            holder={holder}
            name={email}
            held={held.filter((permission) => hasSource(permission, 'DIRECT'))}
            empty="Add some here, or give the user a role that has them."
          />
          <RolePermissions held={held.filter((permission) => hasSource(permission, 'ROLE'))} />
        </>
      )}
    </Loaded>
  );
}

function RolePermissions({ held }: { readonly held: readonly HeldPermission[] }) {
  const { shown, pager } = useListView(held, permissionKey);
  const columns: readonly Column<HeldPermission>[] = [
    ...permissionColumns,
    { header: 'Role', cell: (permission) => <SourceRoles permission={permission} /> },
  ];
  return (
    <Section title="Permissions by roles" lead="They come and go with the role, and change with it.">
      {held.length === 0 ? (
        <p class="hint">No role of this user has a permission.</p>
      ) : (
        <>
          <DataTable caption="Permissions by roles" columns={columns} items={shown} keyOf={permissionKey} />
          <Pager {...pager} />
        </>
      )}
    </Section>
  );
}

function SourceRoles({ permission: { sources = [] } }: { readonly permission: HeldPermission }) {
  const roles = sources.filter(({ source_type: type }) => type === 'ROLE');
  return (
    <span class="row">
      {roles.map(({ source_id: id, source_name: name }) => (
        <a key={id} href={pages.role(id, 'permissions')}>
          {name}
        </a>
      ))}
    </span>
  );
}

function hasSource({ sources = [] }: HeldPermission, wanted: 'DIRECT' | 'ROLE'): boolean {
  return sources.some(({ source_type: type }) => type === wanted);
}
