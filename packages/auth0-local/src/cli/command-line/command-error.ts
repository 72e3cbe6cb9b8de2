/** A command cannot do what it was asked for; the message says why and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** What the process ends with. */
  readonly exitCode: number;
  /** The tenant it was about, once that is known. */
  readonly tenantName: string | undefined;

  constructor(
    message: string,
    {
      exitCode = 1,
      tenantName,
      cause,
    }: { readonly exitCode?: number; readonly tenantName?: string; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.exitCode = exitCode;
    this.tenantName = tenantName;
  }
}

/** The same error with the tenant it was about. */
export function nameTenant(error: unknown, tenantName: string): CommandError {
  if (error instanceof CommandError) {
    if (error.tenantName !== undefined) return error;
    return new CommandError(error.message, { exitCode: error.exitCode, tenantName, cause: error.cause });
  }
  return new CommandError(error instanceof Error ? error.message : String(error), {
    tenantName,
    cause: error,
  });
}
