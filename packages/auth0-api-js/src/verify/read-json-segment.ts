import { readJsonObject, type JsonObject } from './read-json-object.js';
import { longestToken } from './split-jws.js';

/** Where segments are decoded, one after the other: their bytes are of no use once they are parsed. */
const scratch = Buffer.allocUnsafeSlow(longestToken);

/**
 * Reads a segment that is a JSON object in base64url, both strictly (`decodeBase64url()`, `readJsonObject()`).
 *
 * @param text - At most as long as the longest token.
 * @returns Nothing if it is none.
 */
export function readJsonSegment(text: string): JsonObject | undefined {
  const bytes = scratch.subarray(0, scratch.write(text, 'base64url'));
  return bytes.toString('base64url') === text ? readJsonObject(bytes) : undefined;
}
