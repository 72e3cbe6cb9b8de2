import { randomSecret } from '../../tenant/ids.js';
import { formPostPage } from '../../pages/form-post-page.js';
import { sendPage } from '../../pages/send-page.js';
import { webMessagePage } from '../../pages/web-message-page.js';
import { appendQuery, encodeParameters } from '../browser/append-parameters.js';
import { shownHost, type Exchange } from '../browser/exchange.js';
import { redirect } from '../browser/redirect.js';
import type { ResponseTarget } from './response-target.js';

/** Sends an answer through the browser to the application, with the state it came with. */
export function respond(
  exchange: Exchange,
  { redirectUri, mode, state }: ResponseTarget,
  answer: Readonly<Record<string, string>>,
): void {
  const { site, res } = exchange;
  const parameters = { ...answer, ...(state !== undefined && { state }) };
  const host = shownHost(site);
  const nonce = randomSecret(16);
  switch (mode) {
    case 'query':
      redirect(exchange, appendQuery(redirectUri, parameters));
      break;
    case 'fragment':
      redirect(exchange, `${redirectUri}#${encodeParameters(parameters)}`);
      break;
    case 'form_post': {
      const page = formPostPage({ host, redirectUri, parameters, nonce });
      sendPage(res, page, { nonce, formTargets: [redirectUri] });
      break;
    }
    case 'web_message': {
      const { origin } = new URL(redirectUri);
      const page = webMessagePage({ host, targetOrigin: origin, response: parameters, nonce });
      sendPage(res, page, { nonce, frameAncestor: origin });
      break;
    }
  }
}
