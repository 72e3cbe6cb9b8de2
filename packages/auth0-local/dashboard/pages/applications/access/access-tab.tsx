import { isUserGrantNeeded } from '../../../api/is-user-grant-needed.ts';
import { useList, type Api, type Application, type ClientGrant } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { Loaded, Section } from '../../../components/page.tsx';
import { ApiAccess } from './api-access.tsx';

interface AccessProps {
  readonly application: Application;
  readonly apis: readonly Api[];
  readonly grants: readonly ClientGrant[];
}

/** Which APIs an application may have tokens for, in its own name and in that of its users. */
export function AccessTab({ application }: { readonly application: Application }) {
  const apis = useList('/v2/resource-servers');
  const grants = useList('/v2/client-grants', { client_id: application.client_id });
  return (
    <Loaded query={apis}>
      {(list) => (
        <Loaded query={grants}>
          {(granted) => (
            <>
              <OwnAccess application={application} apis={list} grants={granted} />
              <UserAccess application={application} apis={list} grants={granted} />
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function OwnAccess({ application, apis, grants }: AccessProps) {
  const { client_id: id, grant_types: grantTypes } = application;
  const own = grants.filter(({ subject_type: type }) => type === 'client');
  const canHave = grantTypes.includes('client_credentials');
  return (
    <Section
      title="In its own name"
      lead="The APIs it gets tokens for by client credentials, without a user, and with which permissions."
    >
      {!canHave && (
        <p class="hint">
          It gets none: client credentials is not among the grant types in its{' '}
          <a href={pages.application(id)}>settings</a>.
        </p>
      )}
      {(canHave || own.length > 0) && (
        <ApiAccess application={application} apis={apis} grants={own} subjectType="client" />
      )}
    </Section>
  );
}

function UserAccess({ application, apis, grants }: AccessProps) {
  const ofUsers = grants.filter(({ subject_type: type }) => type === 'user');
  const asking = apis.filter(
    (api) =>
      isUserGrantNeeded(api, application) || ofUsers.some(({ audience }) => audience === api.identifier),
  );
  return (
    <Section
      title="In the name of users"
      lead="Every application gets tokens for users who log in to it, where an API’s access policies do not ask for more."
    >
      {asking.length === 0 ? (
        <p class="hint">There is no API that asks for this application to be authorised.</p>
      ) : (
        <ApiAccess application={application} apis={asking} grants={ofUsers} subjectType="user" />
      )}
    </Section>
  );
}
