import type { Context } from 'koa';
import type { AdminScope } from '../../clients/client.ts';
import { Refusal } from '../../http/refusal.ts';
import type { Caller } from '../caller.ts';
import type { AdminSessions } from './sessions.ts';

/** Reads an access token of a program; undefined for one that is worth nothing. */
export type ReadMachineToken = (
  token: string,
) => Promise<{ readonly clientId: string; readonly scopes: readonly AdminScope[] } | undefined>;

const REALM = 'Bearer realm="footbridge-admin"';
/** RFC 6750, section 2.1. */
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]{1,512}=*)$/i;

/**
 * Who asks: a program by its token, else a person by their cookie. A token that came is what counts, whatever else did.
 *
 * @throws Refusal 401 for nobody, 403 for somebody who may not; `WWW-Authenticate` says which (RFC 6750, section 3)
 */
export function createAuthorize({
  readToken,
  sessions,
}: {
  readToken: ReadMachineToken;
  sessions: Pick<AdminSessions, 'find'>;
}): (ctx: Context, scope: AdminScope) => Promise<Caller> {
  async function callerOf(ctx: Context): Promise<Caller> {
    const header = ctx.get('Authorization');
    if (header === '') {
      const person = await sessions.find(ctx);
      if (person !== undefined) return person;
      ctx.set('WWW-Authenticate', REALM);
      throw new Refusal(401, 'not_authenticated', 'Give an access token of the bridge, or log in.');
    }
    const [, token] = BEARER.exec(header) ?? [];
    const machine = token === undefined ? undefined : await readToken(token);
    if (machine !== undefined)
      return { actor: `api:${machine.clientId}`.slice(0, 255), scopes: machine.scopes };
    ctx.set('WWW-Authenticate', `${REALM}, error="invalid_token"`);
    throw new Refusal(401, 'invalid_token', 'This access token is not valid (any more): ask for a new one.');
  }

  return async (ctx, scope) => {
    const caller = await callerOf(ctx);
    if (caller.scopes.includes(scope)) return caller;
    ctx.set('WWW-Authenticate', `${REALM}, error="insufficient_scope", scope="${scope}"`);
    throw new Refusal(403, 'insufficient_scope', `This needs the scope ${scope}, which you do not have.`);
  };
}
