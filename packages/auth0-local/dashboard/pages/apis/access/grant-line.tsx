import { useId, useState } from 'preact/hooks';
import type { SubjectType } from '../../../../src/tenant/client-grants.ts';
import type { Api, Application, ClientGrant } from '../../../api/management.ts';
import { Switch } from '../../../components/field.tsx';
import { Icon } from '../../../components/icon.tsx';
import { authorise, withdraw } from './change-grants.ts';
import { GrantScopes } from './grant-scopes.tsx';

const names: Readonly<Record<SubjectType, string>> = {
  client: 'in its own name',
  user: 'in the name of users',
};

/** Whether an application is authorised for one kind of token, and which permissions these can have. */
export function GrantLine({
  api,
  application,
  subjectType,
  grant,
}: {
  readonly api: Api;
  readonly application: Application;
  readonly subjectType: SubjectType;
  readonly grant: ClientGrant | undefined;
}) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const label = `${application.name} ${names[subjectType]}`;
  const toggle = (isOn: boolean): void => {
    if (grant === undefined) void authorise(application, api, subjectType);
    // The tenant has not given it an id yet.
    else if (grant.id !== '') void withdraw(grant, application.name);
    setOpen(isOn);
  };
  return (
    <div class="grant">
      <div class="grant-head">
        <Switch label={`Authorise ${label}`} isOn={grant !== undefined} onChange={toggle} />
        <span>Authorised {names[subjectType]}</span>
        {grant && (
          <button
            class="button quiet disclosure"
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            aria-label={`Permissions of ${label}, ${countScopes(grant, api)}`}
            onClick={() => setOpen(!isOpen)}
          >
            <span>{countScopes(grant, api)}</span>
            <Icon name="down" />
          </button>
        )}
      </div>
      {grant && isOpen && (
        <div id={id}>
          <GrantScopes api={api} grant={grant} label={label} />
        </div>
      )}
    </div>
  );
}

function countScopes({ allow_all_scopes: isAll, scope = [] }: ClientGrant, { scopes = [] }: Api): string {
  return isAll ? 'All permissions' : `${scope.length} of ${scopes.length} permissions`;
}
