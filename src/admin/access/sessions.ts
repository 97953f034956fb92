import type { Context } from 'koa';
import type { AdminScope } from '../../clients/client.ts';
import { type Random, randomToken } from '../../runtime/random.ts';
import type { SealedRecords } from '../../store/sealed-records.ts';
import type { Caller } from '../caller.ts';

/** A working day; whoever goes on after it logs in again. */
const LIFETIME_MS = 8 * 3_600_000;

export interface SessionRecord {
  readonly actor: string;
  readonly scopes: readonly AdminScope[];
  /** Milliseconds since 1970 by the store's clock. */
  readonly expiresAt: number;
}

/** Who is logged in, in a browser: the cookie is a random name, everything else is in the store. */
export interface AdminSessions {
  begin(ctx: Context, actor: string): Promise<void>;
  find(ctx: Context): Promise<Caller | undefined>;
  /** @returns who it was */
  end(ctx: Context): Promise<Caller | undefined>;
}

/** @param secure whether browsers come by https: then no other host of the domain can set the cookie */
export function createAdminSessions({
  records,
  random,
  now,
  secure,
}: {
  records: SealedRecords<SessionRecord>;
  random: Random;
  now: () => Promise<number>;
  secure: boolean;
}): AdminSessions {
  const name = sessionCookie(secure);
  const options = {
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/',
    signed: false,
    overwrite: true,
  } as const;

  async function find(ctx: Context): Promise<Caller | undefined> {
    const id = ctx.cookies.get(name, { signed: false });
    const found = id === undefined ? undefined : await records.find(id);
    if (id === undefined || found === undefined) return undefined;
    return { actor: found.actor, scopes: found.scopes, session: { id, expiresAt: found.expiresAt } };
  }

  return {
    find,
    async begin(ctx, actor) {
      const id = randomToken(random);
      const expiresAt = (await now()) + LIFETIME_MS;
      await records.add(id, { actor, scopes: ['admin:read', 'admin:write'], expiresAt }, LIFETIME_MS);
      ctx.cookies.set(name, id, { ...options, maxAge: LIFETIME_MS });
    },
    async end(ctx) {
      const caller = await find(ctx);
      if (caller?.session !== undefined) await records.remove(caller.session.id);
      ctx.cookies.set(name, '', { ...options, maxAge: 0 });
      return caller;
    },
  };
}

export const sessionCookie = (secure: boolean) => `${secure ? '__Host-' : ''}footbridge_admin`;
