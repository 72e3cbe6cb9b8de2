import { itemPath, type ShownUser } from '../../../api/management.ts';
import { Checkbox, TextArea, TextField } from '../../../components/field.tsx';
import { Form } from '../../../components/form.tsx';
import { Section } from '../../../components/page.tsx';
import { SaveBar } from '../../../components/save-bar.tsx';
import { useItemForm } from '../../../components/use-item-form.ts';
import { emailConflict } from '../find-user-errors.ts';
import { changedDetails, findDetailErrors, readDetails } from './user-details.ts';

const fields = ['email', 'name', 'nickname', 'user_metadata', 'app_metadata'];

/** What can be changed of a user; what is typed stays until it is saved or discarded. */
export function DetailsForm({ user }: { readonly user: ShownUser }) {
  const path = itemPath('/v2/users', user.user_id);
  const { draft, submission } = useItemForm({
    key: `user-details ${user.user_id}`,
    path,
    saved: readDetails(user),
    bodyOf: changedDetails,
    check: findDetailErrors,
    conflict: emailConflict,
    words: 'The details are saved.',
    stale: ['/v2/users?', path, '/v2/roles/'],
  });
  const { value, set } = draft;
  const { errors } = submission;
  const text = (name: 'email' | 'name' | 'nickname', label: string) => (
    <TextField
      label={label}
      value={value[name]}
      onInput={(typed) => set({ [name]: typed })}
      error={errors[name]}
      isRequired
    />
  );
  const metadata = (name: 'user_metadata' | 'app_metadata', hint: string) => (
    <TextArea
      label={name}
      value={value[name].text}
      onInput={(typed) => set({ [name]: { ...value[name], text: typed } })}
      error={errors[name]}
      hint={hint}
      rows={6}
      isMono
    />
  );
  return (
    <Form
      submission={submission}
      fields={fields}
      actions={<SaveBar draft={draft} submission={submission} />}
      label="Details"
    >
      <Section title="Profile">
        <div class="stack">
          <div class="fields">
            {text('email', 'Email')}
            {text('name', 'Name')}
            {text('nickname', 'Nickname')}
          </div>
          <Checkbox
            label="Email verified"
            hint="Sets email_verified: nothing is sent to anybody."
            isChecked={value.email_verified}
            onChange={(isVerified) => set({ email_verified: isVerified })}
          />
          <Checkbox
            label="Blocked"
            hint="A blocked user cannot log in and gets no tokens, not even by a refresh token. Tokens that were issued stay good until they expire."
            isChecked={value.blocked}
            onChange={(isBlocked) => set({ blocked: isBlocked })}
          />
        </div>
      </Section>
      <Section
        title="Metadata"
        lead={
          <>
            What your applications keep of the user, as JSON. A seed’s <code>claims</code> put values of both
            into tokens, like <code>{'{ "isAdmin": "app_metadata.isAdmin" }'}</code>.
          </>
        }
      >
        <div class="fields">
          {metadata('user_metadata', 'What belongs to the user, like preferences.')}
          {metadata('app_metadata', 'What decides about the user, like a plan. Users do not change it.')}
        </div>
      </Section>
    </Form>
  );
}
