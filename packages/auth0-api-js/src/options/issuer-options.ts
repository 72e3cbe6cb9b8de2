import { isSecureUrl } from '../is-secure-url.js';
import type { KeySet } from '../keys/key-set.js';
import { readOptions } from '../read-options.js';
import type { TokenPolicy } from '../verify/token-policy.js';
import { checkDefined } from './check-defined.js';
import { invalidOption } from './invalid-option.js';
import { migrationHints } from './migration-hints.js';
import { profileOptionNames, readPolicy, type ProfileOptions } from './profile-options.js';
import { secretPolicy } from './secret-policy.js';
import { readStaticKeys, staticKeyOptionNames, type StaticKeyOptions } from './static-keys.js';

/** An issuer to trust beside, or instead of, the tenant of `domain`. Its keys verify its own tokens and no others. */
export interface IssuerOptions extends ProfileOptions, StaticKeyOptions {
  /** The issuer identifier, exactly as its tokens name it in `iss`. */
  issuer: string;
  /** Where its key set is, if its metadata shall not be asked for it. */
  jwksUri?: string;
}

/** An issuer after its check. */
export interface IssuerSettings {
  readonly issuer: string;
  readonly policy: TokenPolicy;
  readonly jwksUri: string | undefined;
  /** Keys that need no network. */
  readonly keySet: KeySet | undefined;
}

const names: readonly (keyof IssuerOptions)[] = [
  'issuer',
  'jwksUri',
  ...staticKeyOptionNames,
  ...profileOptionNames,
];

/**
 * Reads the `issuers` option.
 *
 * @param base - What tokens must be like where an issuer does not say otherwise.
 */
export function readIssuers(given: unknown, base: TokenPolicy): readonly IssuerSettings[] {
  if (!Array.isArray(given) || given.length === 0)
    throw invalidOption('issuers', '"issuers" must be a non-empty array of { issuer, … }');
  return given.map((options: IssuerOptions, index) => readIssuer(options, base, `issuers[${index}]`));
}

function readIssuer(given: IssuerOptions, base: TokenPolicy, where: string): IssuerSettings {
  if (typeof given === 'string')
    throw invalidOption(where, "an issuer is an object: write { issuer: 'https://partner.example.com/' }");
  const options = readOptions(given, names, where, migrationHints);
  const { issuer, jwksUri } = options;
  if (typeof issuer !== 'string' || issuer === '' || issuer !== issuer.trim())
    throw invalidOption(where, '"issuer" must be the identifier that tokens name in "iss"');
  checkDefined(options, names, where);
  const keySet = readStaticKeys(options, where);
  const isNetwork = keySet === undefined;
  if (isNetwork && jwksUri === undefined) checkAddress(issuer, 'issuer', where);
  else if (isNetwork) checkAddress(jwksUri, 'jwksUri', where);
  const policy =
    options.secret === undefined ? readPolicy(options, base, where) : secretPolicy(options, base, where);
  if (policy.audiences.length === 0)
    throw invalidOption(where, '"audience" is missing: give it here, or for all issuers');
  if (keySet !== undefined) checkFit(keySet, policy, where);
  return { issuer, policy, jwksUri, keySet };
}

/** Keys that no accepted algorithm fits would refuse every token, one by one. */
function checkFit({ keys }: KeySet, policy: TokenPolicy, where: string): void {
  const fitting = keys.flatMap(({ algorithms }) => [...algorithms]);
  if (fitting.some((name) => policy.algorithms.has(name))) return;
  const what = `"algorithms" (${[...policy.algorithms].join(', ')}) and the keys given here (for ${[...new Set(fitting)].join(', ')}) contradict each other`;
  throw invalidOption(where, `${what}. Give "algorithms" that the keys are for`);
}

/** An address that something is fetched from. As it was written: the URL parser repairs what should be refused. */
function checkAddress(address: unknown, name: string, where: string): void {
  const isUrl = typeof address === 'string' && !/[\s\\#]/.test(address) && URL.canParse(address);
  const url = isUrl ? new URL(address) : undefined;
  const hasQuery = name === 'issuer' && url !== undefined && url.search !== '';
  if (url !== undefined && isSecureUrl(url) && url.username === '' && url.password === '' && !hasQuery)
    return;
  const what = `"${name}" must be an https:// URL without credentials${name === 'issuer' ? ', query' : ''} and fragment; http:// works for localhost, 127.0.0.1 and [::1] only`;
  throw invalidOption(where, what);
}
