import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { RequestError } from '../api/request.ts';

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
 * @param unique - The field that a conflict is about: somebody else has the same in it.
 */
export function useSubmission(
  send: () => Promise<unknown>,
  check: () => FieldErrors = () => ({}),
  unique?: string,
): Submission {
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [general, setGeneral] = useState<Error>();
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
        setErrors(readFieldErrors(error, unique));
        setGeneral(error as Error);
      } finally {
        setBusy(false);
      }
    },
  };
}

/** The Management API names the field a refusal is about: `'…' on property name`. */
function readFieldErrors(error: unknown, unique: string | undefined): FieldErrors {
  if (!(error instanceof RequestError)) return {};
  if (error.status === 409 && unique !== undefined) return { [unique]: error.message };
  const [, problem, field] = /'(.+)' on property (\w+)/.exec(error.message) ?? [];
  return problem === undefined || field === undefined ? {} : { [field]: problem };
}

/** A form; Enter sends it, and what is wrong gets the focus. */
export function Form({
  submission,
  fields = [],
  children,
  label,
}: {
  readonly submission: Submission;
  /** The names of the fields that show their own errors. */
  readonly fields?: readonly string[];
  readonly children: ComponentChildren;
  readonly label?: string;
}) {
  const form = useRef<HTMLFormElement>(null);
  const { general, errors } = submission;
  const isShown = fields.some((field) => errors[field] !== undefined);
  return (
    <form
      ref={form}
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void submission.submit().then(() => {
          // After the errors are drawn.
          requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
        });
      }}
    >
      {general && !isShown && <ErrorMessage error={general} />}
      {children}
    </form>
  );
}

/** What went wrong, and the command that helps where the tenant knows one. */
export function ErrorMessage({ error }: { readonly error: Error }) {
  const fix = error instanceof RequestError ? error.fix : undefined;
  return (
    <div class="problem" role="alert">
      <p>{error.message}</p>
      {fix && (
        <p>
          This helps: <code>{fix}</code>
        </p>
      )}
    </div>
  );
}
