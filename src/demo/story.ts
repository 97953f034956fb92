import argon2 from 'argon2';
import type { NewPlatform } from './new-platform/platform.ts';
import type { Person } from './people.ts';
import { createVisitor, type Page, type Visitor } from './visitor.ts';

/** One thing that must be true for a person; `why` is a sentence when it is not. */
export type Held = { readonly held: true } | { readonly held: false; readonly why: string };

export interface Chapter {
  /** The old password opened the bridge, and the platform knows who it is. */
  readonly login: Held;
  /** A wrong password did not. */
  readonly wrongAtBridge: Held;
  /** The password arrived in the platform's own users table. */
  readonly copied: Held;
  /** What arrived is argon2id, and it is the hash of this password and no other. */
  readonly verified: Held;
}

export interface Epilogue {
  /** The same password opens the platform by its own table. */
  readonly alone: Held;
  readonly wrongAtPlatform: Held;
}

export interface StoryOptions {
  /** How long a copy may take to arrive, in milliseconds. */
  readonly patienceMs: number;
}

const HELD: Held = { held: true };
const SKIPPED: Held = { held: false, why: 'not reached' };
const POLL_MS = 50;

/** Steps 1 and 2 for one person: log in through the bridge, and wait for the copy. */
export async function logInThroughBridge(
  person: Person,
  platform: NewPlatform,
  { patienceMs }: StoryOptions,
): Promise<Chapter> {
  const wrongAtBridge = await told(() => mistypeAtBridge(person, platform));
  const login = await told(() => enterOverBridge(person, platform));
  if (!login.held) return { login, wrongAtBridge, copied: SKIPPED, verified: SKIPPED };
  const arrived = await arrivedHash(person, platform, patienceMs);
  if (arrived === undefined) {
    const why = `no password hash in the platform's users table after ${patienceMs / 1000} s`;
    return { login, wrongAtBridge, copied: { held: false, why }, verified: SKIPPED };
  }
  return { login, wrongAtBridge, copied: HELD, verified: await told(() => verify(arrived, person)) };
}

/** Step 3 for one person: the platform alone. Whether the bridge still runs does not matter. */
export async function logInAlone(person: Person, platform: NewPlatform): Promise<Epilogue> {
  return {
    wrongAtPlatform: await told(async () => {
      const page = await useOwnForm(createVisitor(), person.login, mistyped(person), platform);
      if (page.status !== 401) return `the platform answered ${page.status} to a wrong password`;
      return undefined;
    }),
    alone: await told(async () => {
      const visitor = createVisitor();
      const page = await useOwnForm(visitor, person.login, person.password, platform);
      if (page.status !== 200) return `the platform's own form answered ${page.status}`;
      return isSignedIn(visitor, person, 'own', platform);
    }),
  };
}

async function enterOverBridge(person: Person, platform: NewPlatform): Promise<string | undefined> {
  const visitor = createVisitor();
  const page = await useBridgeForm(visitor, person.login, person.password, platform);
  if (page.url.origin !== platform.origin) return `the bridge answered ${page.status} and kept the person`;
  if (page.status !== 200) return `the platform answered ${page.status} to the bridge's code`;
  return isSignedIn(visitor, person, 'bridge', platform);
}

async function mistypeAtBridge(person: Person, platform: NewPlatform): Promise<string | undefined> {
  const page = await useBridgeForm(createVisitor(), person.login, mistyped(person), platform);
  if (page.url.origin === platform.origin) return 'a wrong password came through the bridge';
  // Throttled or out of order is no verdict about the password.
  if (page.status === 429 || page.status >= 500)
    return `the bridge answered ${page.status} to a wrong password`;
  return page.passwordForm === undefined ? 'the bridge did not ask again after a wrong password' : undefined;
}

async function verify(encoded: string, person: Person): Promise<string | undefined> {
  if (!/^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$/.test(encoded))
    return 'the hash is not argon2id in its standard form';
  if (!(await argon2.verify(encoded, person.password))) return 'the hash is not one of this password';
  return (await argon2.verify(encoded, mistyped(person)))
    ? 'the hash takes a wrong password as well'
    : undefined;
}

async function useBridgeForm(visitor: Visitor, login: string, password: string, platform: NewPlatform) {
  const page = await visitor.open(`${platform.origin}/login/bridge`);
  return fillIn(visitor, page, login, password);
}

async function useOwnForm(visitor: Visitor, login: string, password: string, platform: NewPlatform) {
  const page = await visitor.open(`${platform.origin}/login`);
  return fillIn(visitor, page, login, password);
}

async function fillIn(visitor: Visitor, page: Page, login: string, password: string): Promise<Page> {
  const form = page.passwordForm;
  if (form === undefined)
    throw new Error(
      `no form that asks for a password at ${page.url.origin}${page.url.pathname} (${page.status})`,
    );
  return visitor.submit(form, { [form.loginField]: login, [form.passwordField]: password });
}

async function isSignedIn(visitor: Visitor, person: Person, way: string, platform: NewPlatform) {
  const { text } = await visitor.open(`${platform.origin}/me`);
  const me = JSON.parse(text) as { username: unknown; way: unknown };
  if (me.username === person.username && me.way === way) return undefined;
  return me.username === null ? 'the platform signed nobody in' : 'the platform signed somebody else in';
}

async function arrivedHash({ username }: Person, platform: NewPlatform, patienceMs: number) {
  for (const deadline = performance.now() + patienceMs; performance.now() < deadline; ) {
    const hash = platform.users.list().find((user) => user.username === username)?.password_hash;
    if (hash) return hash;
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  return undefined;
}

/** Differs in the last character alone: what a scheme that looks at a part of the password would let through. */
function mistyped({ password }: Person): string {
  return `${[...password].slice(0, -1).join('')}#`;
}

async function told(attempt: () => Promise<string | undefined>): Promise<Held> {
  try {
    const why = await attempt();
    return why === undefined ? HELD : { held: false, why };
  } catch (error) {
    return { held: false, why: error instanceof Error ? error.message : String(error) };
  }
}
