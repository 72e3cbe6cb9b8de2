import type { Credential } from '../../../../src/tenant/credentials.ts';
import { itemPath, useOne, type Application } from '../../../api/management.ts';
import { DataTable, type Column } from '../../../components/data-table.tsx';
import { Moment } from '../../../components/moment.tsx';
import { Badge, Loaded, Section } from '../../../components/page.tsx';

type ShownCredential = Omit<Credential, 'pem'>;

/** The public keys that an application authenticates with. */
export function KeyList({
  application: { client_id: id, client_authentication_methods: methods },
}: {
  readonly application: Application;
}) {
  const query = useOne<readonly ShownCredential[]>(`${itemPath('/v2/clients', id)}/credentials`);
  const used = (methods?.private_key_jwt?.credentials ?? []) as readonly { readonly id: string }[];
  const columns: readonly Column<ShownCredential>[] = [
    { header: 'Key id (kid)', cell: ({ kid }) => <code>{kid}</code> },
    { header: 'Name', cell: ({ name = '' }) => name },
    { header: 'Algorithm', cell: ({ alg }) => <Badge>{alg}</Badge> },
    {
      header: 'Expires',
      cell: ({ expires_at: expiry }) => (expiry === undefined ? 'Never' : <Moment iso={expiry} />),
    },
    {
      header: 'State',
      cell: (key) =>
        used.some((other) => other.id === key.id) ? (
          <Badge look="good">In use</Badge>
        ) : (
          <Badge>Not in use</Badge>
        ),
    },
  ];
  return (
    <Section
      title="Keys"
      lead="It has no secret: it signs an assertion with its private key (private_key_jwt), and these are the public ones. They are changed with the Management API."
    >
      <Loaded query={query} rows={2}>
        {(keys) => <DataTable caption="Keys" columns={columns} items={keys} keyOf={(key) => key.id} />}
      </Loaded>
    </Section>
  );
}
