import { html, type Html } from './html.js';

/** The attributes that tie a field to its error. */
export function invalid(id: string, error: string | undefined): Html | undefined {
  return error === undefined ? undefined : html` aria-invalid="true" aria-describedby="${id}-error"`;
}

/** The error beside a field. */
export function fieldError(id: string, error: string | undefined): Html | undefined {
  return error === undefined ? undefined : html`<p class="error" id="${id}-error" role="alert">${error}</p>`;
}
