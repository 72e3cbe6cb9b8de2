import { tenantStatus } from '../api/status.ts';
import { useStore } from '../api/store.ts';
import { CopyText } from './copy.tsx';

/** How a tenant is started again that does not answer. */
export function RestartHint() {
  const restart = useStore(tenantStatus)?.restart;
  if (!restart) return <p>Start it again the way you started it.</p>;
  const { folder, command } = restart;
  return (
    <p>
      Start it in <code>{folder}</code> with <CopyText text={command} label="command" />
      {/* Whoever came by npx has it in the command already. */}
      {command.startsWith('auth0 ') && (
        <>
          {' '}
          (in a project: <code>npx auth0 …</code>)
        </>
      )}
    </p>
  );
}
