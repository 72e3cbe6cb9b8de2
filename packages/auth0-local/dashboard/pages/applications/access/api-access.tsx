import { type Api, type Application, type ClientGrant } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { FilterBox, Pager, useListView } from '../../../components/data-table.tsx';
import { GrantEditor } from '../../../components/grant-editor.tsx';

/** What of an API can be looked for. */
const textOf = ({ name = '', identifier }: Api): string => `${name} ${identifier}`;

/** APIs, each with what an application may have of it. */
export function ApiAccess({
  application,
  apis,
  grants,
  subjectType,
}: {
  readonly application: Application;
  readonly apis: readonly Api[];
  /** The application's grants of this subject type. */
  readonly grants: readonly ClientGrant[];
  readonly subjectType: ClientGrant['subject_type'];
}) {
  const { shown, filter, setFilter, pager } = useListView(apis, textOf);
  return (
    <>
      {apis.length > 5 && (
        <div class="list-tools">
          <FilterBox label="Filter by name or identifier" value={filter} onInput={setFilter} />
        </div>
      )}
      <ul class="api-access">
        {shown.map((api) => (
          <li key={api.id}>
            <GrantEditor
              api={api}
              application={application}
              grant={grants.find(({ audience }) => audience === api.identifier)}
              subjectType={subjectType}
            >
              <ApiName
                api={api}
                isClosed={api.subject_type_authorization[subjectType].policy === 'deny_all'}
              />
            </GrantEditor>
          </li>
        ))}
      </ul>
      <Pager {...pager} />
    </>
  );
}

function ApiName({
  api: { id, name, identifier },
  isClosed,
}: {
  readonly api: Api;
  /** Whether its access policies let nobody in, authorised or not. */
  readonly isClosed: boolean;
}) {
  return (
    <span class="api-name">
      <a href={pages.api(id, 'access')}>{name ?? identifier}</a>
      <span class="hint">
        {isClosed ? 'Its access policies give no application such tokens.' : identifier}
      </span>
    </span>
  );
}
