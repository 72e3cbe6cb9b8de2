/** A page that the browser shows. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly forms: readonly Form[];
}

/** A form of a page with the values it would send. */
export interface Form {
  readonly action: string;
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A browser without scripts: it keeps cookies, follows redirects within an origin and sends the forms of pages. */
export interface Browser {
  /** Goes to an address; a redirect that leaves the tenant ends the way and is returned unread. */
  open(url: string | URL, request?: RequestInit): Promise<Page>;
  /** Fills in the one form of a page and sends it. */
  submit(
    page: Page,
    fields?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Page>;
  readonly cookies: Map<string, string>;
}

/**
 * A browser with an empty cookie jar.
 *
 * @param send - How it sends a request, for a tenant whose certificate has to be trusted first.
 */
export function createBrowser(origin: string, send: typeof fetch = fetch): Browser {
  const cookies = new Map<string, string>();
  const open: Browser['open'] = async (url, { headers, ...request } = {}) => {
    const target = new URL(url, origin);
    if (target.origin !== origin) {
      return { url: target, status: 0, headers: new Headers(), text: '', forms: [] };
    }
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await send(target, {
      ...request,
      redirect: 'manual',
      headers: { ...Object.fromEntries(new Headers(headers)), ...(cookie !== '' && { cookie }) },
    });
    for (const header of response.headers.getSetCookie()) keepCookie(cookies, header);
    const location = response.headers.get('location');
    if (location !== null) return open(new URL(location, target));
    const text = await response.text();
    return { url: target, status: response.status, headers: response.headers, text, forms: readForms(text) };
  };
  return {
    open,
    cookies,
    submit: (page, fields = {}, headers = {}) => {
      const [form] = page.forms;
      if (form === undefined) throw new Error(`There is no form on ${page.url.href}: ${page.text}`);
      return open(new URL(form.action, page.url), {
        method: form.method,
        body: new URLSearchParams({ ...form.fields, ...fields }),
        headers: { origin, 'sec-fetch-site': 'same-origin', ...headers },
      });
    },
  };
}

function keepCookie(cookies: Map<string, string>, header: string): void {
  const [pair = ''] = header.split(';');
  const [name = '', value = ''] = pair.split('=');
  if (/max-age=0\b/i.test(header)) cookies.delete(name);
  else cookies.set(name, value);
}

function readForms(text: string): Form[] {
  return [...text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', content = '']) => {
    const inputs = [...content.matchAll(/<input\b([^>]*)>/gs)].map(([, input = '']) => [
      readAttribute(input, 'name'),
      readAttribute(input, 'value'),
    ]);
    return {
      action: readAttribute(attributes, 'action'),
      method: readAttribute(attributes, 'method').toUpperCase(),
      fields: Object.fromEntries(inputs) as Record<string, string>,
    };
  });
}

function readAttribute(tag: string, name: string): string {
  return decodeEntities(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

/** What a browser makes of escaped text. */
export function decodeEntities(text: string): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => characters[name] ?? '');
}
