import '../../../styles/test-tab.css';
import { useList, type Api, type Application, type ClientGrant } from '../../../api/management.ts';
import { Loaded, Section } from '../../../components/page.tsx';
import { CallSection } from './call-section.tsx';
import { listCandidates } from './list-candidates.ts';
import { readTokenRequest } from './read-token-request.ts';
import { ScopePicker } from './scope-picker.tsx';
import { SubjectFields } from './subject-fields.tsx';
import { useTestChoice } from './use-test-choice.ts';
import { TokenSection } from './token-section.tsx';
import { useTestToken } from './use-test-token.ts';
import { useUsers } from '../../../api/use-users.ts';

/** Takes tokens for an API, shows what is in them, and sends them to the API. */
export function TestTab({ api }: { readonly api: Api }) {
  const applications = useList('/v2/clients');
  const grants = useList('/v2/client-grants', { audience: api.identifier });
  return (
    <Loaded query={applications}>
      {(all) => (
        <Loaded query={grants}>
          {(granted) => <TestBench api={api} applications={all} grants={granted} />}
        </Loaded>
      )}
    </Loaded>
  );
}

function TestBench({
  api,
  applications,
  grants,
}: {
  readonly api: Api;
  readonly applications: readonly Application[];
  readonly grants: readonly ClientGrant[];
}) {
  const choice = useTestChoice(api);
  const candidates = listCandidates(choice.value.subject, api, applications, grants);
  const users = useUsers(choice.value.subject === 'user' ? '' : undefined);
  const wanted = readTokenRequest(api, choice.value, { candidates, users: users.data });
  const state = useTestToken(wanted);
  const canTake = candidates.length > 0 && users.data?.total !== 0;
  return (
    <>
      <Section title="Whose token" lead="The token is taken at once, and needs nobody's secret or password.">
        <div class="test-choice">
          <SubjectFields api={api} choice={choice} candidates={candidates} users={users} />
          {canTake && <ScopePicker api={api} choice={choice} />}
        </div>
      </Section>
      {canTake && (
        <>
          <TokenSection state={state} />
          <CallSection api={api} choice={choice} request={wanted} state={state} />
        </>
      )}
    </>
  );
}
