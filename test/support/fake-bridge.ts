import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import argon2 from 'argon2';
import Database from 'better-sqlite3';
import Provider from 'oidc-provider';
import type { DemoBridge } from '../../src/demo/bridge.ts';
import type { DemoConfig } from '../../src/demo/configuration.ts';
import type { Person } from '../../src/demo/people.ts';

export interface FakeBridgeOptions {
  readonly people: readonly Person[];
  /** Makes what the courier would write; undefined: nothing is copied for this person. */
  readonly rehash?: (person: Person) => Promise<string | undefined>;
  /** Whether a login name and password are let in. */
  readonly accepts?: (person: Person, password: string) => boolean;
  /** The claims somebody comes with, instead of their own. */
  readonly claims?: (person: Person) => Record<string, unknown>;
}

/** The standard order of PHC strings is m,t,p; the library writes m,p,t. */
export async function phc(password: string): Promise<string> {
  const encoded = await argon2.hash(password, { memoryCost: 8192, timeCost: 2, parallelism: 1 });
  return encoded.replace(/\$m=(\d+),p=(\d+),t=(\d+)\$/, '$m=$1,t=$3,p=$2$');
}

/** Plays the bridge for the demo: a small provider with a login form, and a courier that writes to the target. */
export async function startFakeBridge(config: DemoConfig, options: FakeBridgeOptions): Promise<DemoBridge> {
  const {
    people,
    rehash = ({ password }) => phc(password),
    accepts = (person, password) => person.password === password,
    claims = claimsOf,
  } = options;
  const subjectOf = ({ username }: Person) => `sub-of-${username}`;
  const target = new Database(config.targets['new-platform'].url.slice('sqlite:'.length));
  const put = target.prepare(`
    insert into users (footbridge_sub, username, email, password_hash) values (?, ?, ?, ?)
    on conflict (footbridge_sub) do update set password_hash = excluded.password_hash`);
  const [client] = config.clients;
  const provider = new Provider(config.issuer, {
    clients: client
      ? [
          {
            client_id: client.client_id,
            client_secret: client.client_secret,
            redirect_uris: client.redirect_uris,
            post_logout_redirect_uris: client.post_logout_redirect_uris,
          },
        ]
      : [],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    features: { devInteractions: { enabled: false } },
    claims: {
      openid: ['sub'],
      profile: ['preferred_username', 'given_name', 'family_name', 'gender', 'birthdate'],
      email: ['email', 'email_verified'],
    },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    async loadExistingGrant(context) {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client?.clientId ?? '',
        accountId: context.oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
    async findAccount(_, sub) {
      const person = people.find((one) => subjectOf(one) === sub);
      return person && { accountId: sub, claims: async () => ({ ...claims(person), sub }) };
    },
  });

  const copies: Promise<void>[] = [];
  const copy = async (person: Person) => {
    const encoded = await rehash(person);
    if (encoded !== undefined) put.run(subjectOf(person), person.username, person.email, encoded);
  };
  provider.use(async (context, next) => {
    if (!context.path.startsWith('/interaction/')) return next();
    if (context.method === 'GET') {
      context.body = page(context.path);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of context.req) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const login = form.get('identifier')?.toLowerCase();
    const person = people.find(({ username, email }) => login === username || login === email);
    if (person === undefined || !accepts(person, form.get('password') ?? '')) {
      context.body = page(context.path);
      return;
    }
    copies.push(copy(person));
    await provider.interactionFinished(context.req, context.res, {
      login: { accountId: subjectOf(person) },
    });
    context.respond = false;
  });

  const server = createServer(provider.callback());
  await new Promise<void>((listening) =>
    server.listen(config.server.port, config.server.host, () => listening()),
  );
  return {
    origin: config.issuer,
    adminLink: undefined,
    async close() {
      await Promise.allSettled(copies);
      await new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
      target.close();
    },
  };
}

function page(action: string): string {
  return `<form method="post" action="${action}"><input type="hidden" name="token" value="a&amp;b">
    <input type="text" name="identifier"><input type="password" name="password"></form>`;
}

function claimsOf({ username, email, givenName, familyName, birthday }: Person): Record<string, unknown> {
  return {
    preferred_username: username,
    email,
    email_verified: false,
    given_name: givenName,
    family_name: familyName,
    birthdate: birthday,
  };
}
