import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { connection } from '../api/connection.ts';
import { RequestError, SilenceError } from '../api/request.ts';
import { CommandBlock } from './command-block.tsx';
import { readProblem } from './read-problem.ts';

/** What is wrong with each field of a form, by its name in the body that is sent. */
export type FieldErrors = Readonly<Record<string, string>>;

/** A form on its way to the tenant. */
export interface Submission {
  readonly isBusy: boolean;
  /** What is wrong with the fields; for those without a field of their own there is `general`. */
  readonly errors: FieldErrors;
  readonly general: Error | undefined;
  /** Sends; what it throws becomes an error of the form. */
  submit(): Promise<void>;
  clear(): void;
}

/**
 * Sends a form, and reads what the tenant says of its fields.
 *
 * @param check - What is wrong before anything is sent; an empty object sends it.
 * @param conflict - The field that a conflict is about, and what is said there: somebody else has the same in it.
 */
export function useSubmission(
  send: () => Promise<unknown>,
  check: () => FieldErrors = () => ({}),
  conflict: FieldErrors = {},
): Submission {
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [general, setGeneral] = useState<Error>();
  useEffect(
    () =>
      connection.subscribe(() => {
        // It is true no longer.
        if (connection.get().state === 'answers') {
          setGeneral((error) => (error instanceof SilenceError ? undefined : error));
        }
      }),
    [],
  );
  return {
    isBusy,
    errors,
    general,
    clear: () => {
      setErrors({});
      setGeneral(undefined);
    },
    submit: async () => {
      if (isBusy) return;
      setGeneral(undefined);
      const found = check();
      setErrors(found);
      if (Object.keys(found).length > 0) return;
      setBusy(true);
      try {
        await send();
      } catch (error) {
        setErrors(readFieldErrors(error, conflict));
        setGeneral(error as Error);
      } finally {
        setBusy(false);
      }
    },
  };
}

function readFieldErrors(error: unknown, conflict: FieldErrors): FieldErrors {
  if (!(error instanceof RequestError)) return {};
  if (error.status === 409) return conflict;
  const problem = readProblem(error.message);
  return problem === undefined ? {} : { [problem.field]: problem.text };
}

/** A form; Enter sends it, and what is wrong gets the focus. */
export function Form({
  submission,
  fields = [],
  actions,
  children,
  label,
}: {
  readonly submission: Submission;
  /** The names of the fields that show their own errors. */
  readonly fields?: readonly string[];
  /** What it ends with, like the button that sends it: what is wrong with the whole stands right above. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly label?: string;
}) {
  const form = useRef<HTMLFormElement>(null);
  const { general, errors } = submission;
  const isShown = fields.some((field) => errors[field] !== undefined);
  const problem = general && !isShown && <ErrorMessage error={general} />;
  return (
    <form
      ref={form}
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void submission.submit().then(() => {
          // After the errors are drawn.
          requestAnimationFrame(() => form.current && showProblem(form.current));
        });
      }}
    >
      {children}
      {(problem || actions) && (
        <div class="form-end">
          {problem}
          {actions}
        </div>
      )}
    </form>
  );
}

/** Brings the first thing that is wrong into sight, with what is said about it. */
function showProblem(form: HTMLFormElement): void {
  const control = form.querySelector<HTMLElement>('[aria-invalid]');
  control?.focus({ preventScroll: true });
  (control?.closest('.field') ?? form.querySelector('.problem'))?.scrollIntoView({ block: 'nearest' });
}

/** What went wrong, and the command that helps where the tenant knows one. */
export function ErrorMessage({ error }: { readonly error: Error }) {
  const fix = error instanceof RequestError ? error.fix : undefined;
  const problem = readProblem(error.message);
  return (
    <div class="problem" role="alert">
      <p>{problem === undefined ? error.message : `${problem.field}: ${problem.text}`}</p>
      {fix && <CommandBlock command={fix} />}
    </div>
  );
}
