/** Names that mean something in OpenID Connect and cannot be permissions. */
export const reservedScopes: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'offline_access',
  'name',
  'given_name',
  'family_name',
  'nickname',
  'email',
  'email_verified',
  'picture',
  'created_at',
  'identities',
  'phone',
  'address',
]);
