import type { ComponentChildren } from 'preact';
import { pages } from '../../../api/navigation.ts';
import { LinkButton } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/page.tsx';
import type { Subject } from './test-choice.ts';

/** What to do where there is nobody to take a token in the name of. */
export function NoUser() {
  return (
    <EmptyState
      icon="user"
      title="There are no users yet"
      action={<LinkButton href={pages.users}>Create a user</LinkButton>}
    >
      A token in the name of a user takes somebody who could log in.
    </EmptyState>
  );
}

/** What to do where no application can take a token. */
export function NoApplication({
  subject,
  create,
}: {
  readonly subject: Subject;
  readonly create: ComponentChildren;
}) {
  return subject === 'user' ? (
    <EmptyState icon="application" title="Users have nothing to log in to" action={create}>
      No application has a grant type that users log in with, like authorization_code. A test application has
      it.
    </EmptyState>
  ) : (
    <EmptyState icon="application" title="No application takes tokens in its own name" action={create}>
      None has the grant type client_credentials. A test application has it, with a grant of all permissions
      of this API.
    </EmptyState>
  );
}
