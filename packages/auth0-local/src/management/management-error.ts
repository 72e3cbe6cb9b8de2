import { STATUS_CODES } from 'node:http';

/** What a refusal of the Management API is made of. */
export interface ManagementErrorDetails {
  readonly statusCode: number;
  readonly message: string;
  readonly errorCode?: string;
  /** Whether the message is repeated as the real tenant does where a token is not accepted. */
  readonly hasAttributes?: boolean;
}

/** A request to the Management API is refused, in the words of the real one. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';
  readonly statusCode: number;
  readonly errorCode: string | undefined;
  readonly #hasAttributes: boolean;

  constructor({ statusCode, message, errorCode, hasAttributes = false }: ManagementErrorDetails) {
    super(message);
    this.statusCode = statusCode;
    this.errorCode = errorCode;
    this.#hasAttributes = hasAttributes;
  }

  /** The body of the response. */
  toJSON(): object {
    return {
      statusCode: this.statusCode,
      error: STATUS_CODES[this.statusCode],
      message: this.message,
      ...(this.#hasAttributes && { attributes: { error: this.message } }),
      ...(this.errorCode !== undefined && { errorCode: this.errorCode }),
    };
  }
}
