import { connection } from '../api/connection.ts';
import { useStore } from '../api/store.ts';

/** Says when the tenant is away; it keeps no place while it is there, and covers nothing. */
export function ConnectionBanner() {
  const state = useStore(connection);
  return (
    <div class="connection" role="status">
      {state.state === 'silent' && (
        <p class="problem">
          The tenant does not answer. This page goes on by itself when it is back; start it with{' '}
          <code>auth0 local start</code>. Nothing you typed is lost.
        </p>
      )}
      {state.state === 'refused' && <p class="problem">{state.message}</p>}
    </div>
  );
}
