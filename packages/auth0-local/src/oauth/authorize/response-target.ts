import { allowedOrigins, type Application } from '../../tenant/applications.js';
import type { Parameters } from '../request/read-parameters.js';

/** How an answer travels through the browser. */
export const responseModes = ['query', 'fragment', 'form_post', 'web_message'] as const;
export type ResponseMode = (typeof responseModes)[number];

/** Where an answer goes, and how. */
export interface ResponseTarget {
  readonly application: Application;
  readonly redirectUri: string;
  readonly mode: ResponseMode;
  readonly state?: string;
}

/** Reads where answers go, refusals included: what cannot be met falls back to the default of the response type. */
export function readResponseTarget(
  application: Application,
  redirectUri: string,
  { values }: Parameters,
): ResponseTarget {
  const state = values.get('state');
  const asked = responseModes.find((mode) => mode === values.get('response_mode'));
  const isPossible = asked !== undefined && (asked !== 'web_message' || hasOrigin(application, redirectUri));
  return {
    application,
    redirectUri,
    mode: isPossible ? asked : defaultMode(values.get('response_type')),
    ...(state !== undefined && { state }),
  };
}

/** OAuth 2.0 Multiple Response Type Encoding Practices: what asks for tokens gets even its refusal in the fragment. */
function defaultMode(responseType: string | undefined): ResponseMode {
  const words = responseType?.split(' ') ?? [];
  return words.includes('token') || words.includes('id_token') ? 'fragment' : 'query';
}

/** Messages need an origin of the application to go to. */
function hasOrigin(application: Application, redirectUri: string): boolean {
  return allowedOrigins(application).includes(new URL(redirectUri).origin);
}
