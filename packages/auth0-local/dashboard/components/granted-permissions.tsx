import type { Api } from '../api/management.ts';
import { pages } from '../api/navigation.ts';
import type { GrantDetails } from '../api/save-grant.ts';
import { FilterBox, Pager, useListView } from './data-table.tsx';
import { Checkbox } from './field.tsx';

/** From how many on a filter helps. */
const many = 12;

/** Which permissions of an API a grant allows: all, or those that are ticked. */
export function GrantedPermissions({
  api,
  details,
  label,
  onChange,
}: {
  readonly api: Api;
  readonly details: GrantDetails;
  /** Whose they are. */
  readonly label: string;
  /** With what is said of it, where more than one permission changes. */
  readonly onChange: (details: GrantDetails, text?: string) => void;
}) {
  const { scopes = [] } = api;
  const { shown, filter, setFilter, pager } = useListView(scopes, ({ value }) => value);
  const hasAll = details.allow_all_scopes ?? false;
  const granted = readGranted(api, details);
  const chooseAll = (isAll: boolean): void => {
    if (isAll) onChange({ ...details, allow_all_scopes: true }, 'All permissions are allowed.');
    else onChange({ ...details, allow_all_scopes: false, scope: granted });
  };
  return (
    <fieldset class="granted">
      <legend class="visually-hidden">Permissions of {label}</legend>
      <Checkbox
        label="All permissions"
        hint="Also those that the API gets later."
        isChecked={hasAll}
        onChange={chooseAll}
      />
      {scopes.length === 0 && (
        <p class="hint">
          This API has no permissions yet: <a href={pages.api(api.id, 'permissions')}>add one</a>.
        </p>
      )}
      {scopes.length > many && (
        <FilterBox label={`Filter permissions of ${label}`} value={filter} onInput={setFilter} />
      )}
      <div class="granted-scopes">
        {shown.map(({ value }) => (
          <Checkbox
            key={value}
            label={value}
            isChecked={granted.includes(value)}
            isDisabled={hasAll}
            onChange={(isChosen) =>
              onChange({
                ...details,
                scope: isChosen ? [...granted, value] : granted.filter((other) => other !== value),
              })
            }
            isMono
          />
        ))}
      </div>
      <Pager label={`Pages of the permissions of ${label}`} {...pager} />
    </fieldset>
  );
}

/** How many permissions a grant allows, in words. */
export function countGranted(api: Api, details: GrantDetails): string {
  if (details.allow_all_scopes) return 'All permissions';
  const total = api.scopes?.length ?? 0;
  return `${readGranted(api, details).length} of ${total} ${total === 1 ? 'permission' : 'permissions'}`;
}

function readGranted({ scopes = [] }: Api, { allow_all_scopes: hasAll, scope }: GrantDetails): string[] {
  return scopes.map(({ value }) => value).filter((value) => hasAll || scope?.includes(value));
}
