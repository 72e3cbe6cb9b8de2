import { encryptionMembers, longestKeyId, noType } from '../verify/read-header.js';
import { decodeBase64url } from '../verify/decode-base64url.js';
import { memberOf } from '../verify/read-json-object.js';
import { longestToken } from '../verify/split-jws.js';
import { isUnsigned, type Evidence } from './evidence.js';
import { showValue } from './show-value.js';

/** What a check asks for and what it sees, in words. */
export interface CheckDescription {
  readonly expected: (evidence: Evidence) => string;
  readonly found: (evidence: Evidence) => string;
}

export const describeForm: CheckDescription = {
  expected: () =>
    `Three parts of base64url with dots between, at most ${longestToken} characters; the first two are JSON objects that name no member twice`,
  found: ({ text, reason }) => {
    if (text === '') return 'Nothing';
    const parts = text.split('.');
    const size = `${parts.length} ${parts.length === 1 ? 'part' : 'parts'}, ${text.length} characters`;
    const flaw = parts.length === 3 ? findFlaw(parts, reason) : undefined;
    return flaw === undefined ? size : `${size}; ${flaw}`;
  },
};

/** What is wrong with a token of three parts, if anything is. */
function findFlaw(parts: readonly string[], reason: string | undefined): string | undefined {
  if (reason === 'header_malformed') return 'the header cannot be read';
  if (reason !== 'token_malformed') return undefined;
  const odd = ['the header', 'the payload', 'the signature'].filter(
    (_, index) => decodeBase64url(parts[index] ?? '') === undefined,
  );
  if (odd.length === 0) return 'the claims cannot be read';
  return `${enumeration.format(odd)} ${odd.length === 1 ? 'is' : 'are'} not base64url`;
}

const enumeration = new Intl.ListFormat('en-GB');

const extensions = ['crit', 'b64', ...encryptionMembers, 'cty'] as const;

export const describeHeaderExtensions: CheckDescription = {
  expected: () => `None of ${extensions.slice(0, -1).join(', ')}, and no cty of a token`,
  found: ({ header = {} }) => {
    const there = extensions.filter((name) => Object.hasOwn(header, name));
    if (there.length === 0) return 'None of them';
    return there.map((name) => `${name}: ${showValue(header[name])}`).join(', ');
  },
};

export const describeType: CheckDescription = {
  expected: ({ policy: { types } }) => {
    const named = [...types].filter((type) => type !== noType).join(', ');
    return `${types.has(noType) ? 'No typ, or one' : 'One'} of ${named}, in any case`;
  },
  found: ({ header = {} }) => showMember(header, 'typ'),
};

export const describeAlgorithm: CheckDescription = {
  expected: ({ policy }) => [...policy.algorithms].join(', '),
  found: (evidence) =>
    `${showMember(evidence.header ?? {}, 'alg')}${isUnsigned(evidence) ? ': the token is not signed' : ''}`,
};

export const describeKeyId: CheckDescription = {
  expected: () => `No kid, or a text of at most ${longestKeyId} characters without control characters`,
  found: ({ header = {} }) => showMember(header, 'kid'),
};

export const describeIssuer: CheckDescription = {
  expected: ({ verifier }) =>
    verifier.issuers
      .list()
      .map(({ issuer }) => issuer)
      .join(' or '),
  found: ({ claims = {} }) => showMember(claims, 'iss'),
};

export const describeKey: CheckDescription = {
  expected: ({ header = {}, trusted }) => {
    const alg = memberOf(header, 'alg');
    const keys = trusted?.keys.list() ?? [];
    if (keys.length === 0 || typeof alg !== 'string') return 'A key that the issuer publishes';
    const fitting = keys.filter((key) => key.algorithms.has(alg));
    const ids = fitting.map(({ kid }) => (kid === undefined ? '(without kid)' : showValue(kid)));
    return `A key of the issuer for ${showValue(alg)}: ${ids.length === 0 ? 'there is none' : ids.join(', ')}`;
  },
  found: ({ header = {}, reason = '' }) => outages.get(reason) ?? showMember(header, 'kid'),
};

const outages: ReadonlyMap<string, string> = new Map([
  ['issuer_unreachable', 'No keys: the issuer could not be reached'],
  ['issuer_metadata_invalid', "No keys: the issuer's metadata cannot be used"],
  ['issuer_keys_invalid', "No keys: none in the issuer's key set can be used"],
]);

export const describeSignature: CheckDescription = {
  expected: () => 'A signature over header and claims by that key',
  found: ({ text, reason }) => {
    const size = Buffer.byteLength(text.slice(text.lastIndexOf('.') + 1), 'base64url');
    if (size === 0) return 'None';
    return `${size} bytes, ${reason === 'signature_invalid' ? 'not ' : ''}by that key`;
  },
};

function showMember(object: Readonly<Record<string, unknown>>, name: string): string {
  const value = memberOf(object, name);
  return value === undefined ? `No ${name}` : showValue(value);
}
