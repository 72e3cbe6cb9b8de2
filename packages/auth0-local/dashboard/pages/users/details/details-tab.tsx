import { useState } from 'preact/hooks';
import type { ShownUser } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { Button } from '../../../components/button.tsx';
import { Moment } from '../../../components/moment.tsx';
import { DeleteSection } from '../../../components/delete-section.tsx';
import { Facts, Section } from '../../../components/page.tsx';
import { DeleteUserDialog } from '../delete-user-dialog.tsx';
import { DetailsForm } from './details-form.tsx';
import { NewPasswordDialog } from './new-password-dialog.tsx';

/** What is known of a user, what can be changed of it, and the way to delete it. */
export function DetailsTab({ user }: { readonly user: ShownUser }) {
  const { created_at: created, last_login: login, last_ip: ip, logins_count: count = 0 } = user;
  return (
    <div class="settings">
      <Section title="Logins">
        <Facts
          facts={[
            ['Last login', login === undefined ? 'Never' : <Moment iso={login} />],
            ['Logins', String(count)],
            ...(ip === undefined ? [] : ([['Last address', <code>{ip}</code>]] as const)),
            ['Connection', user.identities[0].connection],
            ['Created', <Moment iso={created} />],
          ]}
        />
      </Section>
      <DetailsForm user={user} />
      <PasswordSection user={user} />
      <DeleteSection
        kind="user"
        lead="With its roles, permissions, sessions and refresh tokens. This cannot be undone."
        list={pages.users}
      >
        {(dialog) => <DeleteUserDialog user={user} {...dialog} />}
      </DeleteSection>
    </div>
  );
}

function PasswordSection({ user }: { readonly user: ShownUser }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title="Password"
      lead="Nobody can read it, and a new one can be set. It ends the sessions of the user."
      actions={<Button onClick={() => setOpen(true)}>Set a new password</Button>}
    >
      {isOpen && <NewPasswordDialog user={user} onClose={() => setOpen(false)} />}
    </Section>
  );
}
