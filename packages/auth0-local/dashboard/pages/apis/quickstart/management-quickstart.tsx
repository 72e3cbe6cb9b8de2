import { quote } from '../../../../src/oauth/fixes.ts';
import type { Api } from '../../../api/management.ts';
import { pages } from '../../../api/navigation.ts';
import { LinkButton } from '../../../components/button.tsx';
import { CodeBlock } from '../../../components/copy.tsx';
import { Step } from './step.tsx';

/** How the Management API is called: the tenant protects it itself. */
export function ManagementQuickstart({ api: { id, identifier } }: { readonly api: Api }) {
  return (
    <ol class="steps card">
      <Step title="Authorise an application">
        <p>What it may do with the tenant is what it is given here.</p>
        <div>
          <LinkButton href={pages.api(id, 'access')} icon="application">
            Application Access
          </LinkButton>
        </div>
      </Step>
      <Step title="Get a token">
        <div>
          <LinkButton href={pages.api(id, 'test')} icon="key">
            Get a token
          </LinkButton>
        </div>
      </Step>
      <Step title="Call the Management API">
        <p>This lists the applications of the tenant, and takes the permission read:clients.</p>
        <CodeBlock
          title="Shell"
          label="call with a token"
          code={`curl ${quote(`${identifier}clients`)} -H "Authorization: Bearer YOUR_ACCESS_TOKEN"`}
        />
        <p class="hint">
          The command has a token of its own (in a project: <code>npx auth0 …</code>):
        </p>
        <CodeBlock title="Shell" label="command" code="auth0 api get clients" />
      </Step>
    </ol>
  );
}
