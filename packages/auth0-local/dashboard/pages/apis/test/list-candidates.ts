import {
  testApplicationName,
  userGrantTypes,
  userTestApplicationName,
} from '../../../../src/tenant/test-application.ts';
import type { Api, Application, ClientGrant } from '../../../api/management.ts';
import type { Subject } from './test-choice.ts';

/** An application that could take a token. */
export interface Candidate {
  readonly application: Application;
  /** Whether the API gives it any. */
  readonly isGranted: boolean;
}

/** The applications that could take tokens for an API, the most likely ones first. */
export function listCandidates(
  subject: Subject,
  api: Api,
  applications: readonly Application[],
  grants: readonly ClientGrant[],
): readonly Candidate[] {
  const isForUsers = subject === 'user';
  const grantTypes = isForUsers ? userGrantTypes : ['client_credentials'];
  const testName = isForUsers ? userTestApplicationName(api) : testApplicationName(api);
  const isGrantNeeded = !isForUsers || api.subject_type_authorization.user.policy === 'require_client_grant';
  const granted = new Set(
    grants
      .filter(({ subject_type: type }) => type === (isForUsers ? 'user' : 'client'))
      .map(({ client_id: clientId }) => clientId),
  );
  const rank = ({ application, isGranted }: Candidate): number =>
    (isGranted ? 0 : 2) + (application.name === testName ? 0 : 1);
  return applications
    .filter((application) => application.grant_types.some((type) => grantTypes.includes(type)))
    .map((application) => ({
      application,
      isGranted: !isGrantNeeded || granted.has(application.client_id),
    }))
    .toSorted((one, other) => rank(one) - rank(other));
}
