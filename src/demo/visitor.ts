/** A browser as small as the story needs: cookies, redirects, one form at a time. */
export interface Visitor {
  open(url: string): Promise<Page>;
  submit(form: Form, values: Readonly<Record<string, string>>): Promise<Page>;
}

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
  /** The first form that asks for a password. */
  readonly passwordForm: Form | undefined;
}

export interface Form {
  readonly action: URL;
  readonly hidden: Readonly<Record<string, string>>;
  /** Names of the two fields a person fills in. */
  readonly loginField: string;
  readonly passwordField: string;
}

const MAX_REDIRECTS = 20;
/** For one request; the slowest thing in it is a password verification. In milliseconds. */
const PATIENCE_MS = 20_000;

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
}

/** @param onVisit is told of every URL on the way, redirects included */
export function createVisitor(onVisit: (url: URL) => void = () => {}): Visitor {
  let cookies: Cookie[] = [];

  // As in browsers, cookies know the host but not the port: bridge and platform see each other's.
  const cookiesFor = (url: URL) =>
    cookies
      .filter(({ host, path }) => host === url.hostname && covers(path, url.pathname))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  const keep = (url: URL, response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const cookie = parseCookie(line, url);
      cookies = cookies.filter(
        ({ name, host, path }) => name !== cookie.name || host !== cookie.host || path !== cookie.path,
      );
      if (cookie.value !== '') cookies.push(cookie);
    }
  };

  async function walk(start: URL, body?: URLSearchParams): Promise<Page> {
    let [url, payload] = [start, body];
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      onVisit(url);
      const response = await fetch(url, {
        method: payload === undefined ? 'GET' : 'POST',
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          cookie: cookiesFor(url),
          ...(payload === undefined ? {} : { origin: url.origin }),
        },
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(payload === undefined ? {} : { body: payload }),
      });
      keep(url, response);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) {
        const text = await response.text();
        return { url, status: response.status, text, passwordForm: findPasswordForm(text, url) };
      }
      await response.body?.cancel();
      [url, payload] = [new URL(location, url), undefined];
    }
    throw new Error(`More than ${MAX_REDIRECTS} redirects, starting at ${start.origin}${start.pathname}.`);
  }

  return {
    open: (url) => walk(new URL(url)),
    submit: ({ action, hidden }, values) => walk(action, new URLSearchParams({ ...hidden, ...values })),
  };
}

function parseCookie(line: string, url: URL): Cookie {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const split = pair.indexOf('=');
  const path = attributes.find((text) => /^path=/i.test(text))?.slice('path='.length);
  return {
    name: pair.slice(0, split),
    value: pair.slice(split + 1),
    host: url.hostname,
    path: path ?? '/',
  };
}

function covers(cookiePath: string, path: string): boolean {
  return path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}

function findPasswordForm(html: string, page: URL): Form | undefined {
  for (const [, head = '', body = ''] of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)) {
    const inputs = [...body.matchAll(/<input\b[^>]*>/gi)].map(([tag]) => ({
      type: attribute(tag, 'type') ?? 'text',
      name: attribute(tag, 'name') ?? '',
      value: attribute(tag, 'value') ?? '',
    }));
    const passwordField = inputs.find(({ type }) => type === 'password')?.name;
    const loginField = inputs.find(({ type }) => type === 'text' || type === 'email')?.name;
    if (passwordField === undefined || loginField === undefined) continue;
    const hidden = inputs.filter(({ type }) => type === 'hidden').map(({ name, value }) => [name, value]);
    return {
      action: new URL(attribute(head, 'action') ?? '', page),
      hidden: Object.fromEntries(hidden),
      loginField,
      passwordField,
    };
  }
  return undefined;
}

function attribute(tag: string, name: string): string | undefined {
  const [, quoted, bare] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|([^\\s">]+))`, 'i').exec(tag) ?? [];
  const value = quoted ?? bare;
  return value === undefined ? undefined : unescapeHtml(value);
}

function unescapeHtml(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return named[name] ?? whole;
  });
}
