import { testApplicationName, userTestApplicationName } from '../../../src/tenant/test-application.ts';
import type { Api, Application, ClientGrant } from '../../api/management.ts';

/** An application that was made to take tokens for an API. */
export interface TestApplication {
  readonly application: Application;
  readonly isForUsers: boolean;
  /** The identifiers of the other APIs that it is authorised for. */
  readonly others: readonly string[];
  /** Whether it is authorised for the API, and for no other. */
  readonly isForIt: boolean;
}

/** Finds them by their names. Where another API has the same name, the application may be that one's. */
export function findTestApplications(
  api: Api,
  applications: readonly Application[],
  grants: readonly ClientGrant[],
): readonly TestApplication[] {
  const forUsers = userTestApplicationName(api);
  const names = [testApplicationName(api), forUsers];
  return applications
    .filter(({ name }) => names.includes(name))
    .map((application) => {
      const own = grants.filter(({ client_id: id }) => id === application.client_id);
      const others = own
        .filter(({ audience }) => audience !== api.identifier)
        .map(({ audience }) => audience);
      const isGranted = own.length > others.length;
      return {
        application,
        isForUsers: application.name === forUsers,
        others,
        isGranted,
        isForIt: isGranted && others.length === 0,
      };
    })
    .filter(({ isGranted, others }) => isGranted || others.length === 0);
}
