import { isUserGrantNeeded } from '../../../api/is-user-grant-needed.ts';
import type { Api, Application, ClientGrant } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { CopyText } from '../../../components/copy.tsx';
import { GrantEditor } from '../../../components/grant-editor.tsx';

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
        <GrantEditor api={api} application={application} subjectType="client" grant={ofMachine}>
          Authorised in its own name
        </GrantEditor>
      ) : (
        <p class="hint">
          It gets no tokens in its own name: client_credentials is not among{' '}
          <a href={pages.application(id)}>its grant types</a>.
        </p>
      )}
      {(isUserGrantNeeded(api, application) || ofUser) && (
        <GrantEditor api={api} application={application} subjectType="user" grant={ofUser}>
          Authorised in the name of users
        </GrantEditor>
      )}
    </li>
  );
}
