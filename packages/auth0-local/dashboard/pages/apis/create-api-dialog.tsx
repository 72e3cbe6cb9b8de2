import { useLocation } from 'preact-iso';
import { longestTexts } from '../../../src/tenant/longest-texts.ts';
import { pages } from '../../api/navigation.ts';
import { findTextError } from '../../components/find-text-error.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { useSubmission, type FieldErrors } from '../../components/form.tsx';
import { foundErrors } from '../../components/found-errors.ts';
import { notify } from '../../components/notices.tsx';
import { useDraft } from '../../components/use-draft.ts';
import { createApi, type ApiInput } from './create-api.ts';
import { JwtProfileField } from './jwt-profile-field.tsx';

const empty: ApiInput = { name: '', identifier: '', token_dialect: 'access_token', signing_alg: 'RS256' };

/** Asks for what an API needs: afterwards its quickstart is shown. */
export function CreateApiDialog({ onClose }: { readonly onClose: () => void }) {
  const { route } = useLocation();
  const draft = useDraft('create-api', empty);
  const { value, set } = draft;
  const submission = useSubmission(
    async () => {
      const api = await createApi({ ...value, name: value.name.trim(), identifier: value.identifier.trim() });
      draft.discard();
      onClose();
      notify(`${value.name.trim()} is created, with an application to test it.`);
      route(pages.api(api.id));
    },
    () => checkInput(value),
    { identifier: 'Another API has this identifier: choose another.' },
  );
  const { errors } = submission;
  return (
    <FormDialog
      title="Create API"
      action="Create"
      submission={submission}
      fields={['name', 'identifier']}
      isChanged={draft.isChanged}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={value.name}
        onInput={(name) => set({ name })}
        error={errors['name']}
        placeholder="My Express API"
        isRequired
      />
      <TextField
        label="Identifier"
        value={value.identifier}
        onInput={(identifier) => set({ identifier })}
        error={errors['identifier']}
        placeholder="https://my-express-api.example.com"
        hint="The audience of its tokens. A URL is customary and never called. It cannot be changed later."
        isMono
        isRequired
      />
      <JwtProfileField value={value.token_dialect} onInput={(profile) => set({ token_dialect: profile })} />
      <SelectField
        label="Signing algorithm"
        value={value.signing_alg}
        onInput={(algorithm) => set({ signing_alg: algorithm })}
        options={['RS256', 'PS256', 'RS512', 'HS256'].map((name) => ({ value: name, label: name }))}
        hint="RS256 is what the SDK accepts unless it is told otherwise."
      />
    </FormDialog>
  );
}

function checkInput({ name, identifier }: ApiInput): FieldErrors {
  const { api: longest } = longestTexts;
  return foundErrors({
    name: findTextError(name, { longest: longest.name, empty: 'Give it a name.', hasBrackets: false }),
    identifier: findTextError(identifier, {
      longest: longest.identifier,
      empty: 'Give it an identifier, like https://my-express-api.example.com',
    }),
  });
}
