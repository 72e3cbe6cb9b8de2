/** How a rule of the tenant was broken. */
export type TenantErrorKind = 'invalid' | 'forbidden' | 'missing' | 'conflict';

/** What was asked of the tenant breaks one of its rules. The state is as it was. */
export class TenantError extends Error {
  override readonly name = 'TenantError';
  readonly kind: TenantErrorKind;
  /** A stable code, like `inexistent_client`. */
  readonly errorCode: string;

  constructor(kind: TenantErrorKind, errorCode: string, message: string) {
    super(message);
    this.kind = kind;
    this.errorCode = errorCode;
  }
}

/** Stops what is wrong in what a caller sent. */
export function invalid(message: string, errorCode = 'invalid_body'): TenantError {
  return new TenantError('invalid', errorCode, message);
}
