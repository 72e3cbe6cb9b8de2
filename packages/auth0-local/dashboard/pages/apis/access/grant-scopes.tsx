import type { Api, ClientGrant } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { FilterBox, Pager, useListView } from '../../../components/data-table.tsx';
import { Checkbox } from '../../../components/field.tsx';
import { changeGrant } from './change-grants.ts';

/** From how many on a filter helps. */
const many = 12;

/** The permissions that a grant allows, to be ticked; each is saved at once. */
export function GrantScopes({
  api,
  grant,
  label,
}: {
  readonly api: Api;
  readonly grant: ClientGrant;
  readonly label: string;
}) {
  const { scopes = [] } = api;
  const { shown, filter, setFilter, pager } = useListView(scopes, ({ value }) => value);
  const isAll = grant.allow_all_scopes ?? false;
  const isPending = grant.id === '';
  return (
    <fieldset class="grant-scopes" disabled={isPending}>
      <legend class="visually-hidden">Permissions of {label}</legend>
      <Checkbox
        label="All permissions, also later ones"
        isChecked={isAll}
        onChange={(isChecked) =>
          void changeGrant(grant, () =>
            isChecked
              ? { allow_all_scopes: true }
              : { allow_all_scopes: false, scope: scopes.map(({ value }) => value) },
          )
        }
      />
      {scopes.length === 0 && (
        <p class="hint">
          This API has no permissions yet: <a href={pages.api(api.id, 'permissions')}>add one</a>.
        </p>
      )}
      {scopes.length > many && (
        <FilterBox label={`Filter permissions of ${label}`} value={filter} onInput={setFilter} />
      )}
      <div class="scopes">
        {shown.map(({ value }) => (
          <Checkbox
            key={value}
            label={value}
            isMono
            isChecked={isAll || (grant.scope?.includes(value) ?? false)}
            isDisabled={isAll}
            onChange={(isChecked) =>
              void changeGrant(grant, ({ scope = [] }) => ({
                scope: isChecked ? [...scope, value] : scope.filter((other) => other !== value),
              }))
            }
          />
        ))}
      </div>
      <Pager {...pager} />
    </fieldset>
  );
}
