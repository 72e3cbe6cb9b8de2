import type { RefreshTokenPolicy } from '../../../../src/tenant/applications.ts';

/** How long refresh tokens live, as the form has it; seconds as they are typed. */
export interface RefreshTokenSettings {
  readonly isRotating: boolean;
  readonly leeway: string;
  readonly hasLifetime: boolean;
  readonly token_lifetime: string;
  readonly hasIdleLifetime: boolean;
  readonly idle_token_lifetime: string;
}

/** What the form shows of the policy. */
export function readRefreshTokenSettings(policy: RefreshTokenPolicy): RefreshTokenSettings {
  const isExpiring = policy.expiration_type === 'expiring';
  return {
    isRotating: policy.rotation_type === 'rotating',
    leeway: String(policy.leeway),
    hasLifetime: isExpiring && !policy.infinite_token_lifetime,
    token_lifetime: String(policy.token_lifetime),
    hasIdleLifetime: isExpiring && !policy.infinite_idle_token_lifetime,
    idle_token_lifetime: String(policy.idle_token_lifetime),
  };
}

/** The policy that the form describes. */
export function toRefreshTokenPolicy(value: RefreshTokenSettings): RefreshTokenPolicy {
  const { hasLifetime, hasIdleLifetime } = value;
  return {
    rotation_type: value.isRotating ? 'rotating' : 'non-rotating',
    expiration_type: hasLifetime || hasIdleLifetime ? 'expiring' : 'non-expiring',
    leeway: Number(value.leeway),
    token_lifetime: Number(value.token_lifetime),
    idle_token_lifetime: Number(value.idle_token_lifetime),
    infinite_token_lifetime: !hasLifetime,
    infinite_idle_token_lifetime: !hasIdleLifetime,
  };
}

/** What is wrong with the numbers that count. */
export function findRefreshTokenErrors(
  value: RefreshTokenSettings,
): Readonly<Partial<Record<'leeway' | 'token_lifetime' | 'idle_token_lifetime', string>>> {
  return {
    ...(value.isRotating &&
      !isWhole(value.leeway, 0) && { leeway: 'Write a whole number of seconds; 0 is none.' }),
    ...(value.hasLifetime && !isWhole(value.token_lifetime, 1) && { token_lifetime: lifetimeError }),
    ...(value.hasIdleLifetime &&
      !isWhole(value.idle_token_lifetime, 1) && { idle_token_lifetime: lifetimeError }),
  };
}

const lifetimeError = 'Write a whole number of seconds, from 1 on.';

function isWhole(typed: string, least: number): boolean {
  return /^\d{1,10}$/.test(typed.trim()) && Number(typed) >= least;
}
