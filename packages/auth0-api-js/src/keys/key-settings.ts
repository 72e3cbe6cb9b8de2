/** How the keys of issuers are fetched and kept. All times in seconds, all resolved. */
export interface KeySettings {
  /** How long keys are good for where the answer does not say (`Cache-Control: max-age`). */
  readonly freshSeconds: number;
  readonly minFreshSeconds: number;
  readonly maxFreshSeconds: number;
  /** How long the last good keys serve beyond their time while the issuer is away. */
  readonly staleSeconds: number;
  /** What a request waits at most for metadata and keys together. */
  readonly deadlineSeconds: number;
  /** How often an unknown key id may cause a fetch. */
  readonly unknownKeyCooldownSeconds: number;
  readonly minBackOffSeconds: number;
  readonly maxBackOffSeconds: number;
  readonly maxBytes: number;
  readonly maxKeys: number;
  /** Whether the metadata may name a `jwks_uri` at another origin. */
  readonly allowOtherOrigin: boolean;
}

/** The defaults; `KeysOptions` says why for each. */
export const defaultKeySettings: KeySettings = {
  freshSeconds: 600,
  minFreshSeconds: 60,
  maxFreshSeconds: 86_400,
  staleSeconds: 3600,
  deadlineSeconds: 5,
  unknownKeyCooldownSeconds: 30,
  minBackOffSeconds: 0.5,
  maxBackOffSeconds: 30,
  maxBytes: 512 * 1024,
  maxKeys: 100,
  allowOtherOrigin: false,
};
