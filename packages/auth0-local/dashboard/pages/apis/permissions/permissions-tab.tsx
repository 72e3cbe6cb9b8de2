import { useRef, useState } from 'preact/hooks';
import type { Api } from '../../../api/management.ts';
import { IconButton } from '../../../components/button.tsx';
import type { Column } from '../../../components/data-table.tsx';
import { FilteredTable } from '../../../components/filtered-table.tsx';
import { EmptyState, Section } from '../../../components/page.tsx';
import { AddPermissionForm } from './add-permission-form.tsx';
import type { Scopes } from './change-scopes.ts';
import { RemovePermissionDialog } from './remove-permission-dialog.tsx';

type Scope = Scopes[number];

/** From how many on a filter helps. */
const many = 10;

/** What of a permission can be looked for. */
const textOf = ({ value, description = '' }: Scope): string => `${value} ${description}`;

/** What the scopes of an API's tokens can be. */
export function PermissionsTab({ api }: { readonly api: Api }) {
  const form = useRef<HTMLDivElement>(null);
  const focusForm = (): void => {
    // After what was there is gone, and after a dialog has given the focus back.
    requestAnimationFrame(() => form.current?.querySelector('input')?.focus());
  };
  return (
    <>
      {!api.is_system && (
        <Section title="Add a permission" lead="An application asks for it as a scope, like read:messages.">
          <AddPermissionForm api={api} root={form} onAdded={focusForm} />
        </Section>
      )}
      <Section
        title="Permissions"
        lead={api.is_system ? 'What the Management API protects. It cannot be changed.' : undefined}
      >
        <PermissionTable api={api} onRemoved={focusForm} />
      </Section>
    </>
  );
}

function PermissionTable({ api, onRemoved }: { readonly api: Api; readonly onRemoved: () => void }) {
  const { scopes = [] } = api;
  const [removed, setRemoved] = useState<string>();
  if (scopes.length === 0) {
    return (
      <EmptyState icon="key" title="No permissions yet">
        Without one, a token of this API says who calls and not what they may do. Add one above.
      </EmptyState>
    );
  }
  const columns: readonly Column<Scope>[] = [
    { header: 'Permission', cell: ({ value }) => <code>{value}</code> },
    { header: 'Description', cell: ({ description }) => description },
    ...(api.is_system
      ? []
      : [
          {
            header: 'Actions',
            isNarrow: true,
            cell: ({ value }: Scope) => (
              <IconButton icon="trash" label={`Remove ${value}`} onClick={() => setRemoved(value)} />
            ),
          },
        ]),
  ];
  return (
    <>
      <FilteredTable
        caption="Permissions"
        columns={columns}
        items={scopes}
        keyOf={({ value }) => value}
        textOf={textOf}
        filterLabel="Filter permissions"
        filterFrom={many}
      />
      {removed !== undefined && (
        <RemovePermissionDialog
          api={api}
          value={removed}
          onRemoved={onRemoved}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </>
  );
}
