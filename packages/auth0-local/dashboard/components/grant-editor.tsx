import '../styles/grants.css';
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Api, Application, ClientGrant } from '../api/management.ts';
import { Switch } from './field.tsx';
import { countGranted, GrantedPermissions } from './granted-permissions.tsx';
import { Icon } from './icon.tsx';
import { useGrant } from './use-grant.ts';

const names: Readonly<Record<ClientGrant['subject_type'], string>> = {
  client: 'in its own name',
  user: 'in the name of users',
};

/**
 * Whether an application may have tokens for an API, and with which permissions: a line with a switch. What is changed
 * is shown at once and saved, and can be undone.
 */
export function GrantEditor({
  api,
  application: { client_id: clientId, name },
  grant,
  subjectType,
  children,
}: {
  readonly api: Api;
  readonly application: Pick<Application, 'client_id' | 'name'>;
  /** What the tenant has; nothing where the application is not authorised. */
  readonly grant: ClientGrant | undefined;
  readonly subjectType: ClientGrant['subject_type'];
  /** What stands in the line. */
  readonly children: ComponentChildren;
}) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { details, save } = useGrant(
    { client_id: clientId, audience: api.identifier, subject_type: subjectType },
    grant,
  );
  const label = `${name} for ${api.name ?? api.identifier} ${names[subjectType]}`;
  return (
    <div class="grant">
      <Switch
        label={`Authorise ${label}`}
        isOn={details !== undefined}
        onChange={(isOn) => {
          save(isOn ? { scope: [] } : undefined, `${name} is ${isOn ? 'now' : 'no longer'} authorised.`);
          // What it may do is chosen next.
          setOpen(isOn);
        }}
      />
      <div class="grant-name">{children}</div>
      {details && (
        <button
          class="button quiet grant-count"
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          aria-label={`${countGranted(api, details)}: ${label}`}
          onClick={() => setOpen(!isOpen)}
        >
          <span>{countGranted(api, details)}</span>
          <Icon name="down" />
        </button>
      )}
      {details && isOpen && (
        <div class="grant-permissions" id={id}>
          <GrantedPermissions api={api} details={details} label={label} onChange={save} />
        </div>
      )}
    </div>
  );
}
