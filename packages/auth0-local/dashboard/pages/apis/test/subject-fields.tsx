import { useRef } from 'preact/hooks';
import type { Query } from '../../../api/use-query.ts';
import type { Api, Application } from '../../../api/management.ts';
import { RadioGroup, SelectField } from '../../../components/field.tsx';
import { Loaded } from '../../../components/page.tsx';
import type { Draft } from '../../../components/use-draft.ts';
import { CreateApplicationButton } from './create-application-button.tsx';
import type { Candidate } from './list-candidates.ts';
import { NoApplication, NoUser } from './missing-subject.tsx';
import { chosenCandidate, chosenUser } from './read-token-request.ts';
import type { Subject, TestChoice } from './test-choice.ts';
import { UserField } from './user-field.tsx';
import type { FoundUsers } from '../../../api/use-users.ts';

interface SubjectProps {
  readonly api: Api;
  readonly choice: Draft<TestChoice>;
  readonly candidates: readonly Candidate[];
  readonly users: Query<FoundUsers>;
}

/** Chooses in whose name the token is: an application, or a user who has logged in to one. */
export function SubjectFields({ api, choice, candidates, users }: SubjectProps) {
  const { value, set } = choice;
  const fields = useRef<HTMLDivElement>(null);
  const useCreated = ({ client_id: clientId }: Application): void => {
    set(value.subject === 'user' ? { login: clientId } : { machine: clientId });
    // After it is drawn: the button that had the focus is gone.
    requestAnimationFrame(() => [...(fields.current?.querySelectorAll('select') ?? [])].at(-1)?.focus());
  };
  return (
    <div class="stack" ref={fields}>
      <RadioGroup<Subject>
        legend="Take the token"
        name="subject"
        value={value.subject}
        onInput={(subject) => set({ subject })}
        options={[
          {
            value: 'application',
            label: 'As an application',
            hint: 'For its client credentials: sub is <client_id>@clients.',
          },
          {
            value: 'user',
            label: 'As a user',
            hint: 'As after a login: sub is the user, like auth0|abc123.',
          },
        ]}
      />
      {value.subject === 'user' && (
        <Loaded query={users} rows={1}>
          {(found) =>
            found.total === 0 ? (
              <NoUser />
            ) : (
              <UserField all={found} user={chosenUser(value, found)} onChoose={(user) => set({ user })} />
            )
          }
        </Loaded>
      )}
      <ApplicationField api={api} choice={choice} candidates={candidates} onCreated={useCreated} />
    </div>
  );
}

function ApplicationField({
  api,
  choice: { value, set },
  candidates,
  onCreated,
}: Omit<SubjectProps, 'users'> & { readonly onCreated: (application: Application) => void }) {
  const { subject } = value;
  const create = <CreateApplicationButton api={api} subject={subject} onCreated={onCreated} />;
  const current = chosenCandidate(value, candidates);
  if (current === undefined) return <NoApplication subject={subject} create={create} />;
  return (
    <>
      <SelectField
        label={subject === 'user' ? 'Application they log in to' : 'Application'}
        value={current.application.client_id}
        onInput={(id) => set(subject === 'user' ? { login: id } : { machine: id })}
        options={candidates.map(({ application, isGranted }) => ({
          value: application.client_id,
          label: `${application.name}${isGranted ? '' : ' (no grant for this API)'}`,
        }))}
      />
      {candidates.every(({ isGranted }) => !isGranted) && create}
    </>
  );
}
