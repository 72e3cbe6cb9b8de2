import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useList, type Api } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { Button } from '../../components/button.tsx';
import { CopyText } from '../../components/copy.tsx';
import type { Column } from '../../components/data-table.tsx';
import { FilteredTable } from '../../components/filtered-table.tsx';
import { ItemName } from '../../components/item-name.tsx';
import { Menu } from '../../components/menu.tsx';
import { EmptyState, Loaded, Page } from '../../components/page.tsx';
import { CreateApiDialog } from './create-api-dialog.tsx';
import { DeleteApiDialog } from './delete-api-dialog.tsx';

/** What of an API can be looked for. */
const textOf = ({ name = '', identifier }: Api): string => `${name} ${identifier}`;

/** The APIs of the tenant, and the way to another. */
export function ApiListPage() {
  const query = useList('/v2/resource-servers');
  const [isCreating, setCreating] = useState(false);
  const create = (
    <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
      Create API
    </Button>
  );
  return (
    <Page
      title="APIs"
      lead="What access tokens are for. Each is known by its identifier, the audience of its tokens."
      actions={create}
    >
      <Loaded query={query}>{(apis) => <ApiList apis={apis} onCreate={() => setCreating(true)} />}</Loaded>
      {isCreating && <CreateApiDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function ApiList({ apis, onCreate }: { readonly apis: readonly Api[]; readonly onCreate: () => void }) {
  const { route } = useLocation();
  const [deleted, setDeleted] = useState<Api>();
  const columns: readonly Column<Api>[] = [
    { header: 'Name', cell: (api) => <ApiName api={api} /> },
    { header: 'Identifier', cell: ({ identifier }) => <CopyText text={identifier} label="identifier" /> },
    {
      header: 'Actions',
      isNarrow: true,
      cell: (api) => (
        <Menu
          label={`Actions for ${api.name ?? api.identifier}`}
          items={[
            { label: 'Settings', onSelect: () => route(pages.api(api.id, 'settings')) },
            { label: 'Permissions', onSelect: () => route(pages.api(api.id, 'permissions')) },
            { label: 'Test', onSelect: () => route(pages.api(api.id, 'test')) },
            ...(api.is_system ? [] : [{ label: 'Delete', isDanger: true, onSelect: () => setDeleted(api) }]),
          ]}
        />
      ),
    },
  ];
  return (
    <>
      <FilteredTable
        caption="APIs"
        columns={columns}
        items={apis}
        keyOf={({ id }) => id}
        textOf={textOf}
        filterLabel="Filter by name or identifier"
        filterFrom={1}
      />
      {apis.every(({ is_system: isSystem }) => isSystem) && (
        <div class="after-list">
          <EmptyState
            icon="api"
            title="None of your own yet"
            action={<Button onClick={onCreate}>Create your first API</Button>}
          >
            Give it a name and an identifier. Then the Quickstart tab has the code, and the Test tab a token.
          </EmptyState>
        </div>
      )}
      {deleted && <DeleteApiDialog api={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  );
}

function ApiName({ api: { id, name, identifier, is_system: isSystem } }: { readonly api: Api }) {
  return (
    <ItemName
      icon={isSystem ? 'system' : 'api'}
      href={pages.api(id)}
      name={name ?? identifier}
      hint={isSystem ? 'System API' : 'Custom API'}
    />
  );
}
