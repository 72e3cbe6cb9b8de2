import type { ApiClientOptions } from '../options.js';
import { checkDefined } from './check-defined.js';
import { readDpop, type DpopSettings } from './dpop-options.js';
import { invalidOption } from './invalid-option.js';
import { readMtls, type MtlsSettings } from './mtls-options.js';

/** The options about tokens that are bound to a sender, after their check. */
export interface BindingSettings {
  readonly dpop: DpopSettings;
  readonly mtls: MtlsSettings;
  readonly refusesUnknown: boolean;
}

/** A misspelt variable must not switch a check off. */
const optionNames = ['dpop', 'mtls', 'unknownConfirmation'] as const;

/** Reads the options about tokens that are bound to a sender. */
export function readBinding(options: Partial<ApiClientOptions>): BindingSettings {
  checkDefined(options, optionNames);
  const { dpop, mtls, unknownConfirmation = 'ignore' } = options;
  if (unknownConfirmation !== 'ignore' && unknownConfirmation !== 'refuse')
    throw invalidOption('unknownConfirmation', `"unknownConfirmation" must be 'ignore' or 'refuse'`);
  return { dpop: readDpop(dpop), mtls: readMtls(mtls), refusesUnknown: unknownConfirmation === 'refuse' };
}
