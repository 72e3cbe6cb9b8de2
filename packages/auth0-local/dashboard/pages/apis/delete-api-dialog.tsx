import { useState } from 'preact/hooks';
import { itemPath, useList, type Api } from '../../api/management.ts';
import { request } from '../../api/request.ts';
import { invalidate } from '../../api/use-query.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Checkbox } from '../../components/field.tsx';
import { notify } from '../../components/notices.tsx';
import { findTestApplications, type TestApplication } from './find-test-applications.ts';

/** Asks before an API goes, with all that belongs to it, and whether its test applications are to go too. */
export function DeleteApiDialog({
  api,
  onClose,
  onDeleted,
}: {
  readonly api: Api;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}) {
  const { id, name, identifier } = api;
  const applications = useList('/v2/clients').data ?? [];
  const grants = useList('/v2/client-grants').data;
  const tests = grants === undefined ? [] : findTestApplications(api, applications, grants);
  const [choices, setChoices] = useState<Readonly<Record<string, boolean>>>({});
  const isChosen = ({ application, isForIt }: TestApplication): boolean =>
    choices[application.client_id] ?? isForIt;
  return (
    <ConfirmDialog
      title={`Delete ${name ?? identifier}?`}
      action="Delete API"
      expected={identifier}
      onClose={onClose}
      onConfirm={async () => {
        await request('DELETE', itemPath('/v2/resource-servers', id));
        notify(`${name ?? identifier} is deleted.`);
        await Promise.all(tests.filter(isChosen).map(deleteApplication));
        onDeleted?.();
        // The lists only: of the API itself there is nothing to ask any more.
        await invalidate('/v2/resource-servers?', '/v2/clients?', '/v2/client-grants?');
      }}
    >
      <p>
        Its permissions, the grants of applications for it and what users have consented to go with it. Tokens
        that were issued stay good until they expire.
      </p>
      {tests.length > 0 && <p>Applications stay, also what was made to test it unless it is ticked here.</p>}
      {tests.map((test) => (
        <Checkbox
          key={test.application.client_id}
          label={`Delete its test application ${test.isForUsers ? 'for users ' : ''}too`}
          hint={describe(test)}
          isChecked={isChosen(test)}
          onChange={(isChecked) => setChoices({ ...choices, [test.application.client_id]: isChecked })}
        />
      ))}
    </ConfirmDialog>
  );
}

function describe({ application: { name }, others, isForIt, isForUsers }: TestApplication): string {
  if (isForIt) return name;
  if (others.length > 0) return `${name}: it is authorised for ${others.join(', ')} as well.`;
  return `${name}: ${isForUsers ? 'other APIs may use it, too.' : 'it is authorised for no API.'}`;
}

/** The API is gone already: what fails now is said, and stops nothing. */
async function deleteApplication({ application: { client_id: id, name } }: TestApplication): Promise<void> {
  try {
    await request('DELETE', itemPath('/v2/clients', id));
    notify(`${name} is deleted.`);
  } catch (error) {
    notify(`${name} is still there: ${(error as Error).message}`);
  }
}
