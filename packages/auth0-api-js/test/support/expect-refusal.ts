import { expect } from 'vitest';
import { VerifyAccessTokenError, type RefusalReason } from '@auth0/auth0-api-js';
import type { Bench } from './bench.js';

/** Expects a token to be refused for a reason, with one event that says so, and without the issuer being asked if so wanted. */
export async function expectRefusal(
  { client, events, requests }: Bench,
  accessToken: string,
  reason: RefusalReason,
  { asksNobody = false } = {},
): Promise<void> {
  events.length = 0;
  requests.length = 0;
  const error: unknown = await client.verifyAccessToken({ accessToken }).then(
    () => 'accepted',
    (refused: unknown) => refused,
  );
  expect(error).toBeInstanceOf(VerifyAccessTokenError);
  expect(error).toMatchObject({ reason, statusCode: 401 });
  const refusals = events.filter((event) => event.type === 'refusal');
  expect(refusals).toEqual([{ type: 'refusal', reason, statusCode: 401, issuer: 'https://issuer.test/' }]);
  if (asksNobody) expect(requests).toEqual([]);
}
