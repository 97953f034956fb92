import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

/** Where origins that no test machine resolves are really served: `https://login.example.com` -> a local port. */
export type Hosts = Readonly<Record<string, number>>;

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly title: string;
  /** The page as a person reads it. */
  readonly text: string;
  readonly forms: readonly HtmlForm[];
  /** Every address on the way here, this one included. */
  readonly trail: readonly string[];
}

export interface HtmlForm {
  readonly action: URL;
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly buttons: readonly { text: string; name: string | undefined; value: string }[];
}

interface Cookie {
  name: string;
  value: string;
  host: string;
  path: string;
  attributes: string;
}

/**
 * A small browser without scripts: keeps cookies by host and path, follows redirects, reads and
 * submits forms. It breaks off at a client's callback, where nobody listens.
 */
export interface Browser {
  readonly cookies: Cookie[];
  open(url: string | URL, headers?: Record<string, string>): Promise<Page>;
  /** Submits the form that has a button with this text, as if it were pressed. */
  press(page: Page, button: string | RegExp, fields?: Record<string, string>): Promise<Page>;
  post(url: string | URL, body: string, headers?: Record<string, string>): Promise<Page>;
  /** One request, no redirect followed. */
  request(
    url: string | URL,
    options?: { method?: string; body?: string | Buffer; headers?: Record<string, string> },
  ): Promise<Page>;
  clone(): Browser;
}

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** @param isCallback true for addresses that belong to a client: the browser stops there */
export function createBrowser(
  hosts: Hosts,
  isCallback: (url: URL) => boolean,
  defaults: Record<string, string> = {},
  jar: Cookie[] = [],
): Browser {
  const request: Browser['request'] = async (target, { method = 'GET', body = '', headers = {} } = {}) => {
    const url = new URL(target);
    const answer = await send(hosts, url, method, body, {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      ...defaults,
      ...cookieHeader(jar, url),
      ...headers,
    });
    for (const line of answer.headers['set-cookie'] ?? []) store(jar, url, line);
    return toPage(url, answer);
  };

  async function follow(page: Page): Promise<Page> {
    const trail = [page.url.href];
    for (let here = page; ; ) {
      const next = here.headers.location;
      if (next === undefined) return { ...here, trail };
      const url = new URL(next, here.url);
      trail.push(url.href);
      if (isCallback(url)) return { ...toPage(url, { status: 0, headers: {}, body: '' }), trail };
      if (trail.length > 20) throw new Error(`The browser goes round in circles: ${trail.join(' -> ')}`);
      here = await request(url);
    }
  }

  const post: Browser['post'] = async (url, body, headers = {}) =>
    follow(
      await request(url, {
        method: 'POST',
        body,
        // What Chromium sends from a page with `Referrer-Policy: no-referrer`.
        headers: { 'content-type': FORM_TYPE, origin: 'null', 'sec-fetch-site': 'same-origin', ...headers },
      }),
    );

  return {
    cookies: jar,
    request,
    post,
    open: async (url, headers = {}) => follow(await request(url, { headers })),
    async press(page, wanted, fields = {}) {
      for (const form of page.forms) {
        const button = form.buttons.find(({ text }) =>
          typeof wanted === 'string' ? text === wanted : wanted.test(text),
        );
        if (button === undefined) continue;
        const all = { ...form.fields, ...fields, ...(button.name ? { [button.name]: button.value } : {}) };
        return post(form.action, new URLSearchParams(all).toString());
      }
      throw new Error(`There is no button "${wanted}" on "${page.title}" (${page.status}): ${page.text}`);
    },
    clone: () =>
      createBrowser(
        hosts,
        isCallback,
        defaults,
        jar.map((cookie) => ({ ...cookie })),
      ),
  };
}

/** `fetch` for openid-client that knows the same hosts. */
export function fetchVia(hosts: Hosts): typeof fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const url = new URL(asked.url);
    const body = Buffer.from(await asked.arrayBuffer());
    const answer = await send(hosts, url, asked.method, body, Object.fromEntries(asked.headers));
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value));
    return new Response(answer.body === '' ? null : answer.body, { status: answer.status, headers });
  };
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

function send(
  hosts: Hosts,
  url: URL,
  method: string,
  body: string | Buffer,
  headers: Record<string, string>,
): Promise<Answer> {
  const port = hosts[url.origin] ?? Number(url.port);
  return new Promise((done, fail) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path: url.pathname + url.search,
        headers: { host: url.host, ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    request.on('error', fail);
    request.end(body);
  });
}

function cookieHeader(jar: readonly Cookie[], url: URL): Record<string, string> {
  const sent = jar
    .filter(({ host, path }) => host === url.host && within(url.pathname, path))
    .sort((one, other) => other.path.length - one.path.length)
    .map(({ name, value }) => `${name}=${value}`);
  return sent.length === 0 ? {} : { cookie: sent.join('; ') };
}

/** RFC 6265, section 5.1.4. */
function within(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function store(jar: Cookie[], url: URL, line: string): void {
  const [pair = '', ...rest] = line.split(/;\s*/);
  const name = pair.slice(0, pair.indexOf('='));
  const attributes = rest.join('; ').toLowerCase();
  const path = /(?:^|; )path=([^;]+)/.exec(rest.join('; '))?.[1] ?? '/';
  const secure = rest.some((attribute) => /^secure$/i.test(attribute));
  if (name.startsWith('__') && !secure) return;
  if (name.startsWith('__Host-') && (path !== '/' || attributes.includes('domain='))) return;
  if (secure && url.protocol !== 'https:') return;
  const at = jar.findIndex(
    (cookie) => cookie.name === name && cookie.host === url.host && cookie.path === path,
  );
  if (at !== -1) jar.splice(at, 1);
  const expires = /expires=([^;]+)/.exec(attributes)?.[1];
  if (expires !== undefined && Date.parse(expires) <= Date.now()) return;
  jar.push({ name, value: pair.slice(name.length + 1), host: url.host, path, attributes });
}

function toPage(url: URL, { status, headers, body }: Answer): Page {
  const main = /<body>([\s\S]*)<\/body>/.exec(body)?.[1] ?? body;
  return {
    url,
    status,
    headers,
    body,
    title: decode(/<title>([\s\S]*?)<\/title>/.exec(body)?.[1] ?? ''),
    text: decode(main.replaceAll(/<[^>]+>/g, ' '))
      .replaceAll(/\s+/g, ' ')
      .trim(),
    forms: formsOf(url, body),
    trail: [url.href],
  };
}

function formsOf(url: URL, body: string): HtmlForm[] {
  return [...body.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inside = '']) => ({
    action: new URL(attribute(head, 'action') ?? '', url),
    method: (attribute(head, 'method') ?? 'get').toLowerCase(),
    fields: Object.fromEntries(
      [...inside.matchAll(/<input\b([^>]*)>/g)].map(([, input = '']) => [
        attribute(input, 'name') ?? '',
        attribute(input, 'value') ?? '',
      ]),
    ),
    buttons: [...inside.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g)].map(
      ([, button = '', text = '']) => ({
        text: decode(text).trim(),
        name: attribute(button, 'name'),
        value: attribute(button, 'value') ?? '',
      }),
    ),
  }));
}

function attribute(head: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(head)?.[1];
  return value === undefined ? undefined : decode(value);
}

function decode(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
