/** How to come to this command: whoever came by npx, or by a script of a project, has no other way. */
export function nameCommand(): string {
  return (process.env['npm_command'] ?? '') === '' ? 'auth0' : 'npx auth0';
}
