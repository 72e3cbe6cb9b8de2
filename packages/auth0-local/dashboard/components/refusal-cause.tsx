import { pages } from '../api/navigation.ts';
import type { ApiRefusal } from '../api/token-to-inspect.ts';
import { readTokenParts } from './token-parts.ts';
import { findRefusalCause } from './refusal-causes.ts';
import { Facts } from './page.tsx';

/** Why an API refuses a token, by what it says of it, with the values to compare. */
export function RefusalCause({ refusal, token }: { readonly refusal: ApiRefusal; readonly token: string }) {
  const { text, compare, isOfClaims } = findRefusalCause(refusal);
  const members = readMembers(token);
  const pairs = compare === undefined ? [] : comparisons[compare](members);
  return (
    <>
      <p>{text}</p>
      {pairs.length > 0 && <Facts facts={pairs.map(([name, value]) => [name, <code>{value}</code>])} />}
      {isOfClaims && <ClaimSource subject={members['sub']} />}
    </>
  );
}

/** Where the claims of a route come from in this tenant, which has no Actions. */
function ClaimSource({ subject }: { readonly subject: unknown }) {
  if (typeof subject !== 'string') return null;
  if (subject.endsWith('@clients')) {
    return (
      <p>
        Claims like that come from a user, and this token is an application’s: take one as a user who has
        them.
      </p>
    );
  }
  return (
    <p>
      Claims like that come from the user, by the <code>claims</code> of the tenant’s seed: from{' '}
      <code>app_metadata</code> or the roles, say. Change them, and take a new token.{' '}
      <a href={pages.user(subject)}>Metadata of the user</a>
      {' · '}
      <a href={pages.user(subject, 'roles')}>Roles of the user</a>
    </p>
  );
}

type Members = Readonly<Record<string, unknown>>;
type Pairs = readonly (readonly [name: string, value: string])[];

/** What the token carries, and what takes it. */
const comparisons = {
  audience: ({ aud }) => compareWith('aud', aud, 'AUTH0_AUDIENCE', [aud].flat()[0]),
  issuer: ({ iss }) => compareWith('iss', iss, 'AUTH0_DOMAIN', String(iss).replace(/\/$/, '')),
  algorithm: ({ alg }) => compareWith('alg', alg, 'algorithms', alg),
} satisfies Readonly<Record<string, (members: Members) => Pairs>>;

function compareWith(claim: string, carried: unknown, setting: string, wanted: unknown): Pairs {
  return [
    [`${claim} of this token`, [carried].flat().join(', ')],
    [`${setting} that takes it`, String(wanted)],
  ];
}

function readMembers(token: string): Members {
  const { header = '{}', claims = '{}' } = readTokenParts(token);
  return { ...(JSON.parse(header) as Members), ...(JSON.parse(claims) as Members) };
}
