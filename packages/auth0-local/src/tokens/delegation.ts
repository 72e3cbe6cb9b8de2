/** What a token says of those who act for its user. */
export interface Delegation {
  /** The clients, the one that acts now first. */
  readonly actors: readonly string[];
  /** The organization that the user logged in to. */
  readonly orgId?: string | undefined;
}

/** The claim `act`: who acts now, and inside of it who did before (RFC 8693 section 4.1). */
interface Actor {
  readonly sub: string;
  readonly act?: Actor;
}

/** The claims of a delegation. */
export function delegationClaims({ actors, orgId }: Delegation): Record<string, unknown> {
  const act = actors.reduceRight<Actor | undefined>(
    (inner, sub) => ({ sub, ...(inner !== undefined && { act: inner }) }),
    undefined,
  );
  return { act, ...(orgId !== undefined && { org_id: orgId }) };
}

/** Reads a claim `act`: the clients from the outside in; nothing if it is malformed. */
export function readActors(act: unknown): string[] | undefined {
  const actors: string[] = [];
  for (let level = act; level !== undefined;) {
    if (typeof level !== 'object' || level === null) return undefined;
    const { sub, act: inner } = level as { readonly sub?: unknown; readonly act?: unknown };
    if (typeof sub !== 'string' || sub === '') return undefined;
    actors.push(sub);
    level = inner;
  }
  return actors;
}
