/** So much of a digest is kept: nobody finds two proofs that share it. */
const bytesKept = 16;
const bytes = Buffer.alloc(bytesKept);

/** Reads the first 128 bits of a digest in base64url into four words. */
export function readDigest(text: string, words: Uint32Array): void {
  decode(text);
  for (let index = 0; index < 4; index++) words[index] = bytes.readUInt32LE(index * 4);
}

/** The first 128 bits of a digest in base64url, as 16 characters: a key of a `Map` that is small and holds on to nothing. */
export function readDigestText(text: string): string {
  decode(text);
  return bytes.toString('latin1');
}

function decode(text: string): void {
  if (bytes.write(text, 'base64url') === bytesKept) return;
  throw new TypeError('"id" and "client" of a proof must be digests in base64url, of 128 bits or more');
}
