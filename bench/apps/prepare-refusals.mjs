import { randomBytes } from 'node:crypto';
import { createRotation } from '../measure/create-rotation.mjs';
import { warmTokenCount } from '../measure/create-tokens.mjs';
import { serveIssuer } from '../measure/serve-issuer.mjs';
import { writeRequest } from '../measure/write-request.mjs';

/** Tokens with these numbers and above are past their time. */
const firstExpired = 1e9;
/** Almost as much as Node.js takes as the head of a request. */
const junkLength = 15_000;
const junkCount = 50;
/** Where in a signature a number is written. What stands before keeps it below the modulus, as a real one is. */
const numberOffset = 200;

/**
 * Prepares requests that must be refused, by an issuer on this machine.
 *
 * @returns What an app is told, and a function that makes the kinds of requests for one app: to its protected route, and
 *   the same ones to its open one, by the names of what is refused.
 */
export async function prepareRefusals() {
  const issuer = await serveIssuer({ claims: (number) => (number < firstExpired ? {} : expire()) });
  const good = await issuer.create(0, warmTokenCount);
  const expired = await issuer.create(firstExpired, warmTokenCount);
  const junk = Array.from({ length: junkCount }, createJunk);

  return {
    settings: { ...issuer.settings, tokens: good, isDpopOn: false },
    createKinds: () => {
      const takers = {
        'no token': () => undefined,
        garbage: () => 'x',
        '15 kB of garbage': createRotation(junk),
        'a bad signature': createForger(good),
        'an expired token': createRotation(expired),
      };
      return Object.entries(takers).map(([name, take]) => ({
        refused: { name, status: 401, next: () => writeRequest('/protected', createHeaders(take())) },
        open: { name: openKind(name), status: 200, next: () => writeRequest('/open', createHeaders(take())) },
      }));
    },
    close: issuer.close,
  };
}

/** The name of the same requests to the open route. */
export function openKind(name) {
  return `open, ${name}`;
}

function createHeaders(token) {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function expire() {
  const exp = Math.floor(Date.now() / 1000) - 3600;
  return { iat: exp - 3600, exp };
}

/** What has the looks of a token: three parts of the right characters. */
function createJunk() {
  const characters = randomBytes(junkLength).toString('base64url').slice(0, junkLength);
  const end = Math.floor(junkLength / 3);
  return [characters.slice(0, end), characters.slice(end + 1, 2 * end), characters.slice(2 * end + 1)].join(
    '.',
  );
}

/** Makes tokens with a wrong signature, no two of them the same. */
function createForger(tokens) {
  const take = createRotation(tokens);
  let number = 0;
  return () => {
    const token = take();
    const end = token.lastIndexOf('.');
    const signature = Buffer.from(token.slice(end + 1), 'base64url');
    signature.writeUInt32BE(++number, numberOffset);
    return `${token.slice(0, end)}.${signature.toString('base64url')}`;
  };
}
