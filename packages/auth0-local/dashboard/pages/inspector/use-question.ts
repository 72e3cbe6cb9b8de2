import { useEffect, useMemo, useState } from 'preact/hooks';
import { readPastedToken } from '../../../src/explain/read-pasted-token.ts';
import type { Api } from '../../api/management.ts';
import { tenantStatus, type TenantStatus } from '../../api/status.ts';
import { useStore } from '../../api/store.ts';
import { tokenToInspect, type ApiRefusal } from '../../api/token-to-inspect.ts';
import { readNamedParties } from './read-named-parties.ts';
import type { Question } from './use-inspection.ts';

/** What somebody has chosen; the rest is what the token names. */
export interface Choice {
  readonly token: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly scopes: readonly string[];
}

/** The form of the inspector. */
export interface QuestionForm {
  readonly choice: Choice;
  /** What is read of what was pasted. */
  readonly token: string;
  /** What an API has answered to this very token. */
  readonly refusal: ApiRefusal | undefined;
  readonly change: (part: Partial<Choice>) => void;
  readonly clear: () => void;
  readonly api: Api | undefined;
  /** Empty where there is nothing to choose. */
  readonly issuers: readonly string[];
  readonly issuer: string | undefined;
  /** Nothing until there is something to ask. */
  readonly question: Question | undefined;
}

const empty: Choice = { token: '', scopes: [] };

/** Holds what is asked, in the memory of this page, and only as long as it is shown. */
export function useQuestion(apis: readonly Api[]): QuestionForm {
  const [brought] = useState(() => tokenToInspect.get());
  const [choice, setChoice] = useState<Choice>(() => ({
    ...empty,
    ...(brought && { token: brought.token, audience: brought.audience }),
  }));
  useEffect(() => tokenToInspect.set(undefined), []);
  const status = useStore(tenantStatus);
  const named = useMemo(() => readNamedParties(choice.token), [choice.token]);
  const api = findApi(apis, choice.audience === undefined ? named.audiences : [choice.audience]);
  const issuers = listIssuers(status);
  const { token } = readPastedToken(choice.token);
  // It belongs to the token, whatever stands around that, and also when it is pasted once more.
  const refusal = token === brought?.token ? brought.refusal : undefined;
  // An API that refuses the token may well trust another issuer than the token names.
  const wanted = choice.issuer ?? (refusal === undefined ? named.issuer : undefined);
  const issuer = issuers.find((name) => name === wanted) ?? status?.issuer;
  const isAsked = choice.token.trim() !== '' && api !== undefined;
  return {
    choice,
    token,
    refusal,
    change: (part) => setChoice({ ...choice, ...part }),
    clear: () => setChoice(empty),
    api,
    issuers,
    issuer,
    question: isAsked
      ? {
          token: choice.token,
          audience: api.identifier,
          ...(issuer !== undefined && { issuer }),
          scopes: choice.scopes,
        }
      : undefined,
  };
}

/** The API that is named; otherwise the first that somebody has made. */
function findApi(apis: readonly Api[], audiences: readonly string[]): Api | undefined {
  return (
    apis.find(({ identifier }) => audiences.includes(identifier)) ??
    apis.find(({ is_system: isSystem }) => !isSystem) ??
    apis[0]
  );
}

/** One for each listener, unless the tenant was given one of its own. */
function listIssuers(status: TenantStatus | undefined): readonly string[] {
  if (status === undefined) return [];
  const issuers = [`${status.urls.http}/`, `${status.urls.https}/`];
  return issuers.includes(status.issuer) ? issuers : [];
}
