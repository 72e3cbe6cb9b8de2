import { useLocation } from 'preact-iso';
import { applicationTypes } from '../../../../src/tenant/application-types.ts';
import { useList, type Api } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { FormDialog } from '../../../components/form-dialog.tsx';
import { RadioGroup, SelectField, TextField } from '../../../components/field.tsx';
import { useSubmission, type FieldErrors } from '../../../components/form.tsx';
import { foundErrors } from '../../../components/found-errors.ts';
import { notify } from '../../../components/notices.tsx';
import { useDraft } from '../../../components/use-draft.ts';
import { findApplicationNameError } from '../find-application-name-error.ts';
import { createApplication, type ApplicationInput } from './create-application.ts';

const empty: ApplicationInput = { name: '', type: 'non_interactive', authorised: '', own: '' };

/** What each type is for. */
const types = [
  { ...applicationTypes.m2m, hint: 'A server, job or script that calls an API in its own name.' },
  { ...applicationTypes.regular, hint: 'A website whose server logs users in and keeps the tokens.' },
  { ...applicationTypes.spa, hint: 'A page that logs users in and calls an API from the browser.' },
  { ...applicationTypes.native, hint: 'An app on a phone, a desktop, a device or the command line.' },
  { ...applicationTypes.resource_server, hint: 'An API that calls other APIs for the users who call it.' },
].map(({ appType, label, hint }) => ({ value: appType, label, hint }));

/** Asks for what an application needs: afterwards its page is shown. */
export function CreateApplicationDialog({ onClose }: { readonly onClose: () => void }) {
  const { route } = useLocation();
  const { data: apis = [] } = useList('/v2/resource-servers');
  const draft = useDraft('create-application', empty);
  const { value, set } = draft;
  const submission = useSubmission(
    async () => {
      const { client_id: id, name, app_type: type } = await createApplication(value);
      draft.discard();
      onClose();
      notify(`${name} is created.`);
      // A machine goes on with its secret; the others first say where they are.
      route(pages.application(id, type === 'non_interactive' ? 'credentials' : 'settings'));
    },
    () => checkInput(value),
  );
  const { errors } = submission;
  return (
    <FormDialog
      title="Create application"
      action="Create"
      submission={submission}
      fields={['name', 'resource_server_identifier']}
      isChanged={draft.isChanged}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={value.name}
        onInput={(name) => set({ name })}
        error={errors['name']}
        placeholder="My application"
        isRequired
      />
      <RadioGroup
        legend="Type"
        name="type"
        value={value.type}
        onInput={(type) => set({ type })}
        options={types}
      />
      {value.type === 'non_interactive' && (
        <SelectField
          label="API to authorise"
          value={value.authorised}
          onInput={(authorised) => set({ authorised })}
          options={[{ value: '', label: 'None yet' }, ...apis.map(toOption)]}
          hint="With all its permissions. The API access tab changes it later."
        />
      )}
      {value.type === 'resource_server' && (
        <SelectField
          label="The API it is"
          value={value.own}
          onInput={(own) => set({ own })}
          options={[
            { value: '', label: 'Choose an API' },
            ...apis.filter(({ is_system: isSystem }) => !isSystem).map(toOption),
          ]}
          error={errors['resource_server_identifier']}
          hint="It cannot be changed later."
        />
      )}
    </FormDialog>
  );
}

function toOption({ name, identifier }: Api): { readonly value: string; readonly label: string } {
  return { value: identifier, label: name === undefined ? identifier : `${name} (${identifier})` };
}

function checkInput({ name, type, own }: ApplicationInput): FieldErrors {
  const isUndecided = type === 'resource_server' && own === '';
  return foundErrors({
    name: findApplicationNameError(name),
    resource_server_identifier: isUndecided ? 'Choose the API that it is.' : undefined,
  });
}
