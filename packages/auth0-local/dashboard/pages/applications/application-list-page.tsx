import '../../styles/applications.css';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { describeApplicationType } from '../../../src/tenant/application-types.ts';
import { useList, type Application } from '../../api/management.ts';
import { pages } from '../../api/navigation.ts';
import { Button } from '../../components/button.tsx';
import { CopyText } from '../../components/copy.tsx';
import type { Column } from '../../components/data-table.tsx';
import { FilteredTable } from '../../components/filtered-table.tsx';
import { ItemName } from '../../components/item-name.tsx';
import { Menu } from '../../components/menu.tsx';
import { EmptyState, Loaded, Page } from '../../components/page.tsx';
import { CreateApplicationDialog } from './create/create-application-dialog.tsx';
import { DeleteApplicationDialog } from './delete-application-dialog.tsx';

/** What of an application can be looked for. */
const textOf = ({ name, client_id: id, app_type: type }: Application): string =>
  `${name} ${id} ${describeApplicationType(type)}`;

/** The applications of the tenant, and the way to another. */
export function ApplicationListPage() {
  const query = useList('/v2/clients');
  const [isCreating, setCreating] = useState(false);
  const create = (
    <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
      Create application
    </Button>
  );
  return (
    <Page
      title="Applications"
      lead="Who can ask for tokens: websites, apps, and programs without anybody before them."
      actions={create}
    >
      <Loaded query={query}>
        {(applications) => <ApplicationList applications={applications} onCreate={() => setCreating(true)} />}
      </Loaded>
      {isCreating && <CreateApplicationDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function ApplicationList({
  applications,
  onCreate,
}: {
  readonly applications: readonly Application[];
  readonly onCreate: () => void;
}) {
  const [deleted, setDeleted] = useState<Application>();
  const columns: readonly Column<Application>[] = [
    { header: 'Name', cell: (application) => <ApplicationName application={application} /> },
    {
      header: 'Client id',
      cell: ({ client_id: id, name }) => <CopyText text={id} label={`client id of ${name}`} />,
    },
    {
      header: 'Actions',
      isNarrow: true,
      cell: (application) => <ApplicationMenu application={application} onDelete={setDeleted} />,
    },
  ];
  if (applications.length === 0) {
    return (
      <EmptyState
        icon="application"
        title="No applications yet"
        action={<Button onClick={onCreate}>Create your first application</Button>}
      >
        An application has the client id that tokens are asked for with. One of machines needs nothing else
        than its secret and an API.
      </EmptyState>
    );
  }
  return (
    <>
      <FilteredTable
        caption="Applications"
        columns={columns}
        items={applications}
        keyOf={({ client_id: id }) => id}
        textOf={textOf}
        filterLabel="Filter by name, type or client id"
        filterFrom={1}
      />
      {deleted && <DeleteApplicationDialog application={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  );
}

function ApplicationMenu({
  application,
  onDelete,
}: {
  readonly application: Application;
  readonly onDelete: (application: Application) => void;
}) {
  const { route } = useLocation();
  const { client_id: id, name } = application;
  return (
    <Menu
      label={`Actions for ${name}`}
      items={[
        { label: 'Settings', onSelect: () => route(pages.application(id)) },
        { label: 'Credentials', onSelect: () => route(pages.application(id, 'credentials')) },
        { label: 'API access', onSelect: () => route(pages.application(id, 'access')) },
        { label: 'Delete', isDanger: true, onSelect: () => onDelete(application) },
      ]}
    />
  );
}

function ApplicationName({
  application: { client_id: id, name, app_type: type },
}: {
  readonly application: Application;
}) {
  return (
    <ItemName
      icon="application"
      href={pages.application(id)}
      name={name}
      hint={describeApplicationType(type)}
    />
  );
}
