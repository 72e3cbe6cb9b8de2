/** Runs the `auth0` command. */
export async function runCommandLine(_argv: readonly string[]): Promise<void> {}
