import { useList, type Api, type Application, type ClientGrant } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { LinkButton } from '../../../components/button.tsx';
import { FilterBox, Pager, useListView } from '../../../components/data-table.tsx';
import { EmptyState, Loaded, Section } from '../../../components/page.tsx';
import { ApplicationAccess } from './application-access.tsx';

/** Which applications get tokens of an API, and with which of its permissions. */
export function AccessTab({ api }: { readonly api: Api }) {
  const applications = useList('/v2/clients');
  const grants = useList('/v2/client-grants', { audience: api.identifier });
  return (
    <Section
      title="Application Access"
      lead="An application that is authorised gets tokens of this API, with the permissions chosen here."
    >
      <PolicyAdvice api={api} />
      <Loaded query={applications}>
        {(list) => (
          <Loaded query={grants}>
            {(granted) => <AccessList api={api} applications={list} grants={granted} />}
          </Loaded>
        )}
      </Loaded>
    </Section>
  );
}

function PolicyAdvice({ api }: { readonly api: Api }) {
  const { user, client } = api.subject_type_authorization;
  const settings = <a href={pages.api(api.id, 'settings')}>access policies</a>;
  return (
    <div class="policies">
      {client.policy === 'deny_all' && (
        <p class="advice">
          No application gets a token in its own name, authorised or not: the {settings} of this API say so.
        </p>
      )}
      {user.policy === 'allow_all' && !api.is_system && (
        <p class="hint">
          In the name of users who log in every application gets tokens, without being authorised: see the{' '}
          {settings}.
        </p>
      )}
      {user.policy === 'deny_all' && (
        <p class="hint">In the name of users no application gets tokens: see the {settings}.</p>
      )}
    </div>
  );
}

/** What of an application can be looked for. */
const textOf = ({ name, client_id: id }: Application): string => `${name} ${id}`;

function AccessList({
  api,
  applications,
  grants,
}: {
  readonly api: Api;
  readonly applications: readonly Application[];
  readonly grants: readonly ClientGrant[];
}) {
  const { shown, filter, setFilter, pager } = useListView(applications, textOf);
  if (applications.length === 0) {
    return (
      <EmptyState
        icon="application"
        title="No applications yet"
        action={<LinkButton href={pages.applications}>Applications</LinkButton>}
      >
        An application is what calls this API. Create one, then authorise it here.
      </EmptyState>
    );
  }
  return (
    <>
      {applications.length > 1 && (
        <div class="list-tools">
          <FilterBox label="Filter by name or client id" value={filter} onInput={setFilter} />
        </div>
      )}
      <ul class="access" aria-label="Applications">
        {shown.map((application) => (
          <ApplicationAccess
            key={application.client_id}
            api={api}
            application={application}
            grants={grants.filter(({ client_id: id }) => id === application.client_id)}
          />
        ))}
      </ul>
      <Pager {...pager} />
    </>
  );
}
