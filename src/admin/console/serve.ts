import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { AdminScope } from '../../clients/client.ts';
import type { Csrf } from '../../http/csrf.ts';
import { readForm } from '../../http/form.ts';
import { Refusal } from '../../http/refusal.ts';
import type { Clock } from '../../runtime/clock.ts';
import { FORM_PURPOSE } from '../access/login-routes.ts';
import type { AdminSessions } from '../access/sessions.ts';
import { refusalOf } from '../api/problem.ts';
import type { Caller } from '../caller.ts';
import { createAssets } from './assets.ts';
import { checked, filledIn } from './fields.ts';
import { createFlash } from './flash.ts';
import { navigationFor } from './navigation.ts';
import type { ConsoleEntry, ConsoleForm, ConsolePage, Shown } from './page.ts';
import { createRender } from './render.ts';

/** The lists of a switch may name 500 people each. */
const FORM_LIMIT = 512 * 1024;

export interface ConsoleDeps {
  readonly entries: readonly ConsoleEntry[];
  readonly sessions: Pick<AdminSessions, 'find'>;
  readonly csrf: Csrf;
  /** Whether browsers come by https:. */
  readonly secure: boolean;
  readonly clock: Clock;
}

type LoggedIn = Caller & { readonly session: NonNullable<Caller['session']> };

/** Serves the pages and forms of the console, and what they load. */
export function serveConsole({ entries, sessions, csrf, secure, clock }: ConsoleDeps): Middleware[] {
  const assets = createAssets();
  const render = createRender(assets);
  const flash = createFlash(secure);
  const router = new Router();

  async function loggedIn(ctx: Context): Promise<LoggedIn | undefined> {
    const caller = await sessions.find(ctx);
    return caller?.session === undefined ? undefined : { ...caller, session: caller.session };
  }

  function send(ctx: Context, entry: ConsoleEntry, caller: LoggedIn, now: number, shown: Shown): void {
    render(ctx, {
      ...shown,
      title: shown.title ?? entry.title,
      scripts: entry.scripts ?? [],
      navigation: navigationFor(entries, ctx.path),
      actor: caller.actor,
      csrf: csrf.tokenFor(FORM_PURPOSE, caller.session.id),
      flash: flash.take(ctx),
      now,
    });
  }

  async function show(ctx: Context, entry: ConsolePage): Promise<void> {
    const caller = await loggedIn(ctx);
    if (caller === undefined) return leadTo(ctx, '/login');
    const now = clock();
    const answer = async () => {
      mayOrRefuse(caller, 'admin:read');
      const params = checked(entry.params, ctx.params);
      const query = checked(entry.query, filledIn(Object.entries(ctx.query)));
      return entry.show({ params, query, caller, now });
    };
    const shown = await answer().catch(refusedPage);
    if ('view' in shown) send(ctx, entry, caller, now, shown);
    else leadTo(ctx, shown.to);
  }

  async function take(ctx: Context, entry: ConsoleForm): Promise<void> {
    const caller = await loggedIn(ctx);
    if (caller === undefined) {
      throw new Refusal(401, 'not_authenticated', 'You are no longer logged in, and nothing was changed.');
    }
    const sent = await readForm(ctx, FORM_LIMIT);
    csrf.check(ctx, FORM_PURPOSE, caller.session.id, sent.get('csrf'));
    mayOrRefuse(caller, entry.scope ?? 'admin:write');
    const params = checked(entry.params, ctx.params);
    const now = clock();
    try {
      const fields = [...sent].map(([name, value]) => [name, value.toString('utf8')] as const);
      const form = checked(entry.form, filledIn(fields));
      const answer = await entry.handle({ params, form, caller, now });
      if ('view' in answer) return send(ctx, entry, caller, now, answer);
      flash.leave(ctx, { tone: 'good', text: answer.done, undo: undo(answer.undo) });
      return leadTo(ctx, answer.to);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      flash.leave(ctx, { tone: 'bad', text: refusal.message });
      return leadTo(ctx, entry.back(params));
    }
  }

  for (const entry of entries) {
    const path = entry.path.replaceAll(/\{(\w+)\}/g, ':$1');
    if (entry.method === 'GET') router.get(path, (ctx) => show(ctx as unknown as Context, entry));
    else router.post(path, (ctx) => take(ctx as unknown as Context, entry));
  }
  return [assets.serve, router.routes() as unknown as Middleware];
}

/** After a form, a browser fetches the next page by GET and a reload sends nothing again. */
function leadTo(ctx: Context, path: string): void {
  ctx.status = 303;
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(path);
}

function mayOrRefuse({ scopes }: Caller, scope: AdminScope): void {
  if (scopes.includes(scope)) return;
  throw new Refusal(403, 'insufficient_scope', `This needs the scope ${scope}, which you do not have.`);
}

/** What cannot be shown is told inside the console; a fault of the bridge is not. */
function refusedPage(error: unknown): Shown {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  const title = refusal.status === 404 ? 'There is nothing here' : 'That did not work';
  return { view: 'refused', title, status: refusal.status, data: { sentence: refusal.message } };
}

const undo = <T extends { fields: Readonly<Record<string, string>> }>(offer: T | undefined) =>
  offer && { ...offer, fields: { ...offer.fields } };
