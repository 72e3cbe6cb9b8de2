/** What `npm start` prints: where things are, and lines to paste. */
export function describeDemo({ apiUrl, domain, audience, tokens }) {
  const request = (path, token) =>
    `curl -i ${apiUrl}${path}${token === undefined ? '' : ` -H "Authorization: Bearer ${token}"`}`;
  const adminPaths = ['/api/feed', '/api/admin/edit', '/api/admin', '/api/editor', '/api/premium'];

  return `
  Tenant     ${domain}   (AUTH0_DOMAIN)
  Dashboard  ${domain}/dashboard   create APIs, take tokens, see why one was refused
  API        ${apiUrl}   examples/quickstart/server.js
  Audience   ${audience}   (AUTH0_AUDIENCE)

Paste these into another terminal. The tokens are good for 24 hours.

No token, public route: 200

${request('/api/public')}

No token, private route: 401

${request('/api/private')}

A user's token, private route: 200

${request('/api/private', tokens.user)}

The same token, route that asks for read:messages, which this user may not: 403

${request('/api/messages', tokens.user)}

An application's token with read:messages, the same route: 200

${request('/api/messages', tokens.application)}

An admin's token, routes that ask for scopes and claims: 200

${adminPaths.map((path) => request(path, tokens.admin)).join('\n\n')}

More tokens, of an application and of a user:

npx auth0 test token --identifier ${audience}
npx auth0 test token MyExpressAppForUsers000000000001 --identifier ${audience} --user admin@example.com --password local-admin-password

Everything else: npx auth0 --help

Ctrl-C stops the API and the tenant; what is in the tenant stays.
`;
}
