import { useHeldPermissions } from '../../../api/held-permissions.ts';
import { itemPath, type Role } from '../../../api/management.ts';
import { HeldPermissions } from '../../../components/held-permissions.tsx';
import { Loaded } from '../../../components/page.tsx';

/** What users with a role may do. */
export function PermissionsTab({ role: { id, name } }: { readonly role: Role }) {
  const holder = itemPath('/v2/roles', id);
  const query = useHeldPermissions(holder);
  return (
    <Loaded query={query}>
      {(held) => (
        <HeldPermissions
          title="Permissions"
          lead="Every user with this role has them. An API puts them into tokens when its RBAC is on."
          holder={holder}
          name={name}
          held={held}
          empty="Until it has some, this role gives users nothing."
        />
      )}
    </Loaded>
  );
}
