/** What `npm start` prints: where things are, and lines to paste. */
export function describeDemo({ apiUrl, issuer }) {
  const adminClaims = {
    scope: 'read:messages read:feed read:admin write:admin',
    isAdmin: true,
    roles: ['admin', 'editor'],
    tier: 'premium',
  };
  const plain = issuer.accessToken();
  const reader = issuer.accessToken({ scope: 'read:messages' });
  const admin = issuer.accessToken(adminClaims);
  const request = (path, token) =>
    `curl -i ${apiUrl}${path}${token === undefined ? '' : ` -H "Authorization: Bearer ${token}"`}`;

  return `
  Issuer     ${issuer.domain}   (AUTH0_DOMAIN)
  API        ${apiUrl}   examples/quickstart/server.js
  Audience   ${issuer.audience}   (AUTH0_AUDIENCE)

Paste these into another terminal. The tokens are good for 24 hours or until this stops.

No token, public route: 200

${request('/api/public')}

No token, private route: 401

${request('/api/private')}

A plain token, private route: 200

${request('/api/private', plain)}

A plain token, route that asks for read:messages: 403

${request('/api/messages', plain)}

A token with read:messages, the same route: 200

${request('/api/messages', reader)}

An admin's token, routes that ask for scopes and claims: 200

${['/api/feed', '/api/admin/edit', '/api/admin', '/api/editor', '/api/premium'].map((path) => request(path, admin)).join('\n\n')}

Ctrl-C stops the API and the issuer.
`;
}
