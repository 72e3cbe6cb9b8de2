import { CodeBlock } from './copy.tsx';

/** A command that helps. The page does not know how its reader comes to the command: a project has it by npx only. */
export function CommandBlock({ command }: { readonly command: string }) {
  return <CodeBlock code={command} title="This helps (in a project: npx)" label="command" kind="wraps" />;
}
