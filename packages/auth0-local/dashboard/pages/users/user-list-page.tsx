import '../../styles/users.css';
import { useEffect, useState } from 'preact/hooks';
import { useUsers, type FoundUsers } from '../../api/use-users.ts';
import { pages } from '../../api/navigation.ts';
import { Button } from '../../components/button.tsx';
import { FilterBox, Pager } from '../../components/data-table.tsx';
import { EmptyState, Loaded, Page } from '../../components/page.tsx';
import { useKept } from '../../components/use-kept.ts';
import { CreateUserDialog } from './create/create-user-dialog.tsx';
import { useListAddress, type ListAddress } from './use-list-address.ts';
import { UserTable } from './user-table.tsx';

const size = 50;

/** The users of the tenant, page by page, and the way to another. */
export function UserListPage() {
  const address = useListAddress(pages.users);
  const query = useUsers(address.text, { page: address.page, size });
  // What was there stays until the next page is here.
  const data = useKept(query.data);
  const [isCreating, setCreating] = useState(false);
  return (
    <Page
      title="Users"
      lead="Who can log in to your applications."
      actions={
        <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
          Create user
        </Button>
      }
    >
      <Loaded query={{ ...query, data }}>
        {(found) => (
          <UserList
            found={found}
            isLoading={query.data === undefined}
            address={address}
            onCreate={() => setCreating(true)}
          />
        )}
      </Loaded>
      {isCreating && <CreateUserDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function UserList({
  found: { users, total },
  isLoading,
  address,
  onCreate,
}: {
  readonly found: FoundUsers;
  readonly isLoading: boolean;
  readonly address: ListAddress;
  readonly onCreate: () => void;
}) {
  const { page, text, typed, setTyped, setPage } = address;
  const isBeyond = !isLoading && users.length === 0 && total > 0;
  useEffect(() => {
    // The last page may have gone with what was deleted.
    if (isBeyond) setPage(Math.ceil(total / size) - 1, true);
  }, [isBeyond]);
  if (total === 0 && text === '' && typed === '' && !isLoading) return <NoUsers onCreate={onCreate} />;
  return (
    <>
      <div class="list-tools">
        <FilterBox label="Search by email, name or id" value={typed} onInput={setTyped} />
        <span class="hint" role="status">
          {text === '' ? `${count(total)}.` : `${count(total)} found.`}
        </span>
      </div>
      {total === 0 ? (
        <NobodyFound onClear={() => setTyped('')} />
      ) : (
        <div class="users" aria-busy={isLoading}>
          <UserTable users={users} />
          <Pager
            page={page}
            total={total}
            size={size}
            onPage={(next) => {
              setPage(next);
              scrollTo(0, 0);
            }}
          />
        </div>
      )}
    </>
  );
}

function NoUsers({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <EmptyState
      icon="user"
      title="No users yet"
      action={<Button onClick={onCreate}>Create your first user</Button>}
    >
      With an email address and a password a user can log in to your applications. The Test tab of an API
      takes tokens as a user without either.
    </EmptyState>
  );
}

function NobodyFound({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState
      icon="inspector"
      title="Nobody found"
      action={<Button onClick={onClear}>Show all users</Button>}
    >
      No email address, name or id has what you look for.
    </EmptyState>
  );
}

function count(total: number): string {
  return total === 1 ? '1 user' : `${total.toLocaleString('en')} users`;
}
