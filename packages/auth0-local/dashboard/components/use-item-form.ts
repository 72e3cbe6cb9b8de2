import { request } from '../api/request.ts';
import { invalidate, setData } from '../api/use-query.ts';
import { useSubmission, type FieldErrors, type Submission } from './form.tsx';
import { notify } from './notices.tsx';
import type { Draft } from './use-draft.ts';
import { useGuardedDraft } from './use-guarded-draft.ts';

/** A form that changes one thing. */
export interface ItemForm<Value extends object> {
  readonly draft: Draft<Value>;
  readonly submission: Submission;
}

/** Edits what can be changed of one thing: a draft of it, and what sends the changes. */
export function useItemForm<Value extends object>({
  key,
  path,
  saved,
  bodyOf,
  check,
  conflict,
  words,
  stale,
}: {
  /** Whose draft it is. */
  readonly key: string;
  /** Of the thing. */
  readonly path: string;
  /** What the tenant has. */
  readonly saved: Value;
  /** The body that changes what was changed. */
  readonly bodyOf: (saved: Value, value: Value) => object;
  /** What is wrong before anything is sent. */
  readonly check: (value: Value) => FieldErrors;
  /** The field that a conflict is about, and what is said there. */
  readonly conflict?: FieldErrors;
  /** What is said when it is done. */
  readonly words: string;
  /** Whatever begins like that is asked for again. */
  readonly stale: readonly string[];
}): ItemForm<Value> {
  const draft = useGuardedDraft(key, saved);
  const { value } = draft;
  const submission = useSubmission(
    async () => {
      const updated = await request<object>('PATCH', path, bodyOf(saved, value));
      setData<object>(path, () => updated);
      draft.discard();
      notify(words);
      await invalidate(...stale);
    },
    () => check(value),
    conflict,
  );
  return { draft, submission };
}
