import { createHmac } from 'node:crypto';

/** Shows that one knows the owner's secret, and does not tell it: to whoever knows it too, and chose the nonce. */
export function proveOwnerSecret(secret: string, nonce: string): string {
  return createHmac('sha256', secret).update(nonce).digest('base64url');
}
