import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace.mjs';

/**
 * Asks the tenant for the tokens of the demo, as the application and as the users that `seed.json` has.
 *
 * @throws Error: the tenant was changed since, and no longer has them.
 */
export async function requestDemoTokens(domain, audience) {
  const seed = JSON.parse(readFileSync(join(root, 'examples/quickstart/seed.json'), 'utf8'));
  const [machine, app] = seed.clients;
  const [plainUser, adminUser] = seed.users;
  const request = async ({ client_id, client_secret }, parameters) => {
    const body = { client_id, client_secret, audience, ...parameters };
    const response = await fetch(`${domain}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(body),
    });
    const answer = await response.json();
    if (response.ok) return answer.access_token;
    throw new Error(
      `The tenant refused a token of the demo: ${answer.error_description} ` +
        'Its state is not what examples/quickstart/seed.json makes. Start afresh: npx auth0 local reset',
    );
  };
  const asUser = ({ email: username, password }, scope) =>
    request(app, { grant_type: 'password', username, password, scope });
  return {
    application: await request(machine, { grant_type: 'client_credentials', scope: 'read:messages' }),
    user: await asUser(plainUser, 'read:messages'),
    admin: await asUser(adminUser, 'read:messages read:feed read:admin write:admin'),
  };
}
