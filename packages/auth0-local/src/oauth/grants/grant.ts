import type { LogTypeCode } from '../../log/log-types.js';
import type { Site } from '../../site.js';
import type { Application } from '../../tenant/applications.js';
import type { IssuedTokens } from '../token/issue-user-tokens.js';
import type { Sender } from '../sender/sender.js';
import type { Parameters } from '../request/read-parameters.js';

/** A token request whose application is known, and may use the grant. */
export interface GrantRequest {
  readonly site: Site;
  readonly application: Application;
  readonly parameters: Parameters;
  /** What it has proven to have: tokens may be bound to that. */
  readonly sender: Sender;
  readonly ip: string | undefined;
}

/** One way to tokens: a value of `grant_type`. */
export interface Grant {
  readonly grantType: string;
  /** False where the application is allowed to use it by another setting than its `grant_types`. */
  readonly isInGrantTypes?: false;
  /** What the log calls it when it worked, and when not. */
  readonly log: { readonly succeeded: LogTypeCode; readonly failed: LogTypeCode };
  /** @throws OAuthError: refused. */
  exchange(request: GrantRequest): Promise<IssuedTokens>;
}
