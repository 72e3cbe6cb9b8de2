import { useState } from 'preact/hooks';
import {
  addPermissions,
  removePermission,
  type HeldPermission,
  type PermissionKey,
} from '../api/held-permissions.ts';
import { Button, IconButton } from './button.tsx';
import type { Column } from './data-table.tsx';
import { FilteredTable } from './filtered-table.tsx';
import { focusNeighbour } from './focus-neighbour.ts';
import { notify } from './notices.tsx';
import { EmptyState, Section } from './page.tsx';
import { PermissionPicker } from './permission-picker.tsx';

/** From how many on a filter helps. */
const many = 12;

/** What columns tell which permission it is. */
export const permissionColumns: readonly Column<HeldPermission>[] = [
  {
    header: 'Permission',
    cell: ({ permission_name: name, description }) => (
      <>
        <code>{name}</code>
        {description !== '' && <div class="hint">{description}</div>}
      </>
    ),
  },
  { header: 'API', cell: ({ resource_server_name: name }) => name },
];

/** What a permission is known by in a list. */
export function permissionKey({
  resource_server_identifier: api,
  permission_name: name,
}: PermissionKey): string {
  return JSON.stringify([api, name]);
}

/** What of a permission can be looked for. */
const textOf = ({ permission_name: name, description, resource_server_name: api }: HeldPermission): string =>
  `${name} ${description} ${api}`;

/** The permissions that a role or a user was given: more are added, and each can be taken away again. */
export function HeldPermissions({
  title,
  lead,
  holder,
  name,
  held,
  empty,
}: {
  readonly title: string;
  readonly lead: string;
  /** Its path, like `/v2/roles/rol_1`. */
  readonly holder: string;
  /** What it is called. */
  readonly name: string;
  readonly held: readonly HeldPermission[];
  /** What is said while there are none. */
  readonly empty: string;
}) {
  const [isAdding, setAdding] = useState(false);
  const remove = (permission: HeldPermission): void => {
    removePermission(holder, permission).then(
      () => notify(`${permission.permission_name} is removed.`, () => addPermissions(holder, [permission])),
      (error: Error) => notify(error.message),
    );
  };
  const columns: readonly Column<HeldPermission>[] = [
    ...permissionColumns,
    {
      header: 'Actions',
      isNarrow: true,
      cell: (permission) => (
        <IconButton
          icon="trash"
          label={`Remove ${permission.permission_name} of ${permission.resource_server_name}`}
          onClick={(event) => {
            focusNeighbour(event.currentTarget);
            remove(permission);
          }}
        />
      ),
    },
  ];
  return (
    <Section
      title={title}
      lead={lead}
      actions={
        <Button icon="plus" onClick={() => setAdding(true)}>
          Add permissions
        </Button>
      }
    >
      {held.length === 0 ? (
        <EmptyState icon="key" title="No permissions yet">
          {empty}
        </EmptyState>
      ) : (
        <FilteredTable
          caption={title}
          columns={columns}
          items={held}
          keyOf={permissionKey}
          textOf={textOf}
          filterLabel="Filter permissions"
          filterFrom={many}
        />
      )}
      {isAdding && (
        <PermissionPicker
          title={`Add permissions to ${name}`}
          held={held}
          onAdd={(permissions) => addPermissions(holder, permissions)}
          onClose={() => setAdding(false)}
        />
      )}
    </Section>
  );
}
