import type { Api, Application, ClientGrant } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { CopyText } from '../../../components/copy.tsx';
import { GrantLine } from './grant-line.tsx';

/** An application, and what it may have of an API: in its own name, and in that of users where this takes a grant. */
export function ApplicationAccess({
  api,
  application,
  grants,
}: {
  readonly api: Api;
  readonly application: Application;
  readonly grants: readonly ClientGrant[];
}) {
  const { client_id: id, name } = application;
  const ofMachine = grants.find(({ subject_type: type }) => type === 'client');
  const ofUser = grants.find(({ subject_type: type }) => type === 'user');
  const canBeMachine = application.grant_types.includes('client_credentials');
  return (
    <li>
      <div class="access-application">
        <a href={pages.application(id)}>{name}</a>
        <CopyText text={id} label={`client id of ${name}`} />
      </div>
      {canBeMachine || ofMachine ? (
        <GrantLine api={api} application={application} subjectType="client" grant={ofMachine} />
      ) : (
        <p class="hint">
          It gets no tokens in its own name: client_credentials is not among{' '}
          <a href={pages.application(id)}>its grant types</a>.
        </p>
      )}
      {(isUserGrantNeeded(api, application) || ofUser) && (
        <GrantLine api={api} application={application} subjectType="user" grant={ofUser} />
      )}
    </li>
  );
}

/** Whether users reach the API with this application only if it is authorised; an API that calls another always is. */
function isUserGrantNeeded(api: Api, { app_type: type, grant_types: grantTypes }: Application): boolean {
  const { policy } = api.subject_type_authorization.user;
  const servesUsers = grantTypes.some((grantType) => grantType !== 'client_credentials');
  return (
    servesUsers &&
    (policy === 'require_client_grant' || (policy === 'allow_all' && type === 'resource_server'))
  );
}
