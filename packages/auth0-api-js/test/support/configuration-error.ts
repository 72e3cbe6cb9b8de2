import {
  ApiClient,
  InvalidConfigurationError,
  MissingRequiredArgumentError,
  type ApiClientOptions,
} from '@auth0/auth0-api-js';
import { audience } from './bench.js';

/** What a client says about options that cannot work, beside a good audience; `none` if it takes them. */
export function configurationError(options: object): string {
  try {
    new ApiClient({ audience, ...options } as ApiClientOptions).close();
  } catch (error) {
    if (error instanceof InvalidConfigurationError || error instanceof MissingRequiredArgumentError)
      return error.message;
    throw error;
  }
  return 'none';
}
