import '../styles/permissions.css';
import { useState } from 'preact/hooks';
import type { PermissionKey } from '../api/held-permissions.ts';
import { useList, type Api } from '../api/management.ts';
import { pages } from '../api/navigation.ts';
import { Button } from './button.tsx';
import { FilterBox, Pager, useListView } from './data-table.tsx';
import { Dialog } from './dialog.tsx';
import { Checkbox, SelectField } from './field.tsx';
import { Form, useSubmission } from './form.tsx';
import { Loaded } from './page.tsx';

/** From how many on a filter helps. */
const many = 12;

/** Chooses permissions: an API, and what of it. Those that are there already stay ticked. */
export function PermissionPicker({
  title,
  held,
  onAdd,
  onClose,
}: {
  readonly title: string;
  readonly held: readonly PermissionKey[];
  readonly onAdd: (permissions: readonly PermissionKey[]) => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const query = useList('/v2/resource-servers');
  return (
    <Dialog title={title} onClose={onClose}>
      <Loaded query={query} rows={3}>
        {(apis) => <PickerForm apis={orderApis(apis)} held={held} onAdd={onAdd} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}

function PickerForm({
  apis,
  held,
  onAdd,
  onClose,
}: {
  readonly apis: readonly Api[];
  readonly held: readonly PermissionKey[];
  readonly onAdd: (permissions: readonly PermissionKey[]) => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const [identifier, setIdentifier] = useState(apis[0]?.identifier ?? '');
  const [chosen, setChosen] = useState<readonly PermissionKey[]>([]);
  const submission = useSubmission(async () => {
    await onAdd(chosen);
    onClose();
  });
  const api = apis.find((one) => one.identifier === identifier);
  return (
    <Form
      submission={submission}
      actions={
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isBusy={submission.isBusy} isDisabled={chosen.length === 0}>
            {chosen.length < 2 ? 'Add permission' : `Add ${chosen.length} permissions`}
          </Button>
        </div>
      }
    >
      <SelectField
        label="API"
        value={identifier}
        onInput={setIdentifier}
        options={apis.map((one) => ({ value: one.identifier, label: one.name ?? one.identifier }))}
      />
      {api && <Choices key={api.id} api={api} held={held} chosen={chosen} onChoose={setChosen} />}
    </Form>
  );
}

function Choices({
  api: { id, identifier, name, scopes = [] },
  held,
  chosen,
  onChoose,
}: {
  readonly api: Api;
  readonly held: readonly PermissionKey[];
  readonly chosen: readonly PermissionKey[];
  readonly onChoose: (chosen: readonly PermissionKey[]) => void;
}) {
  const { shown, filter, setFilter, pager } = useListView(
    scopes,
    ({ value, description = '' }) => `${value} ${description}`,
    many,
  );
  const isOf = (value: string) => (key: PermissionKey) =>
    key.resource_server_identifier === identifier && key.permission_name === value;
  const toggle = (value: string, isChosen: boolean): void => {
    const others = chosen.filter((key) => !isOf(value)(key));
    const key = { resource_server_identifier: identifier, permission_name: value };
    onChoose(isChosen ? [...others, key] : others);
  };
  if (scopes.length === 0) {
    return (
      <p class="hint">
        {name ?? identifier} has no permissions yet: <a href={pages.api(id, 'permissions')}>add one</a>.
      </p>
    );
  }
  return (
    <>
      {scopes.length > many && <FilterBox label="Filter permissions" value={filter} onInput={setFilter} />}
      <fieldset class="permission-choices">
        <legend>Permissions</legend>
        {shown.map(({ value, description }) => {
          const isHeld = held.some(isOf(value));
          return (
            <Checkbox
              key={value}
              label={value}
              hint={isHeld ? 'There already.' : description}
              isChecked={isHeld || chosen.some(isOf(value))}
              isDisabled={isHeld}
              onChange={(isChecked) => toggle(value, isChecked)}
              isMono
            />
          );
        })}
      </fieldset>
      <Pager {...pager} />
    </>
  );
}

/** Those of the person first. */
function orderApis(apis: readonly Api[]): readonly Api[] {
  return [...apis].sort((one, other) => Number(one.is_system ?? false) - Number(other.is_system ?? false));
}
