import type { z } from 'zod';
import type { AdminScope } from '../../clients/client.ts';
import type { Caller } from '../caller.ts';

/** What a handler is called with: nothing in it is unchecked. A field that was left empty is not there. */
export interface PageCall<P extends z.ZodObject, Q extends z.ZodObject> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface FormCall<P extends z.ZodObject, F extends z.ZodObject>
  extends Omit<PageCall<P, z.ZodObject>, 'query'> {
  readonly form: z.output<F>;
}

export interface Crumb {
  readonly label: string;
  readonly href: string;
}

/** A page to be shown. */
export interface Shown {
  /** A file in `views`, without `.eta`. The view sees `data`, and what `Around` names. */
  readonly view: string;
  readonly data: object;
  /** The page's own title when absent. */
  readonly title?: string;
  /** The way back up, from the top; the page itself is not in it. */
  readonly crumbs?: readonly Crumb[];
  /** 200 when absent. */
  readonly status?: number;
}

/** Instead of a page: another one is meant. */
export interface Led {
  readonly to: string;
}

/** A form that is one button: what takes back what was just done. */
export interface Undo {
  readonly label: string;
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** After a form: where the browser goes, and what it is told there. Nothing secret: it travels in a cookie. */
export interface Sent {
  readonly to: string;
  /** What was done, as a sentence. */
  readonly done: string;
  readonly undo?: Undo | undefined;
}

/** A page, as data. Handlers call the work of `admin/work` alone, so all that is shown can be had by the API. */
export interface PageSpec<P extends z.ZodObject, Q extends z.ZodObject> {
  readonly method: 'GET';
  /** As in the API: `/clients/{client_id}`. */
  readonly path: string;
  readonly title: string;
  readonly params?: P;
  readonly query?: Q;
  /** Modules in `assets` that this page needs, without `.js`. */
  readonly scripts?: readonly string[];
  show(call: PageCall<P, Q>): Promise<Shown | Led>;
}

/**
 * What a form posts to, as data. A refusal leads back with its sentence. A handler that has something to show once,
 * such as a new secret, answers with a page instead of leading on.
 */
export interface FormSpec<P extends z.ZodObject, F extends z.ZodObject> {
  readonly method: 'POST';
  readonly path: string;
  /** Of the page that may be its answer. */
  readonly title: string;
  readonly params?: P;
  /** Every value comes as text, or not at all when it was left empty. */
  readonly form?: F;
  /** For what changes nothing; `admin:write` when absent. */
  readonly scope?: AdminScope;
  /** Of the page that may be its answer; as in `PageSpec`. */
  readonly scripts?: readonly string[];
  /** Where the form stands; a refusal is told there. */
  back(params: z.output<P>): string;
  handle(call: FormCall<P, F>): Promise<Sent | Shown>;
}

export type ConsolePage = PageSpec<z.ZodObject, z.ZodObject>;
export type ConsoleForm = FormSpec<z.ZodObject, z.ZodObject>;
export type ConsoleEntry = ConsolePage | ConsoleForm;

/** Gives a page its types, and forgets them: the list of pages is read by program. */
export function page<P extends z.ZodObject = z.ZodObject, Q extends z.ZodObject = z.ZodObject>(
  spec: Omit<PageSpec<P, Q>, 'method'>,
): ConsolePage {
  return { method: 'GET', ...spec } as unknown as ConsolePage;
}

/** The same for what a form posts to. */
export function form<P extends z.ZodObject = z.ZodObject, F extends z.ZodObject = z.ZodObject>(
  spec: Omit<FormSpec<P, F>, 'method'>,
): ConsoleForm {
  return { method: 'POST', ...spec } as unknown as ConsoleForm;
}
