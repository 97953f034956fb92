import type { z } from 'zod';
import type { AdminScope } from '../../clients/client.ts';
import type { Caller } from '../caller.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What a handler is called with: nothing in it is unchecked. */
export interface Call<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  /** The version that the caller saw, of a route that edits; -1 is none that there can be. */
  readonly version: number;
  readonly caller: Caller;
}

export interface Answer<T> {
  readonly body: T;
  /** Goes out as the ETag. */
  readonly version?: number | undefined;
  /** Where what was begun or made is to be found, below `/api/v1`. */
  readonly location?: string;
}

/**
 * One operation of the API, as data: the schemas check what comes in and what goes out, and are the documentation.
 * What `response` does not name never leaves.
 */
export interface RouteSpec<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  R extends z.ZodType,
> {
  readonly method: Method;
  /** Below `/api/v1`, as OpenAPI writes it: `/clients/{client_id}`. */
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Absent: 204 and no body. */
  readonly response?: R;
  /** 200 when absent. */
  readonly status?: 201 | 202;
  /** The answer carries an ETag; on a route that writes, `If-Match` must be given. */
  readonly versioned?: true;
  /** Its answer is never kept for an `Idempotency-Key`, and nothing of the request is. */
  readonly unkept?: true;
  /** Another scope than `admin:write` for what is no GET. */
  readonly scope?: AdminScope;
  handle(call: Call<P, Q, B>): Promise<Answer<z.input<R>>>;
}

export type Route = RouteSpec<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>;

/** Gives a route its types, and forgets them: the list of routes is read by program. */
export function route<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodUndefined,
>(spec: RouteSpec<P, Q, B, R>): Route {
  return spec as unknown as Route;
}

export const isWrite = ({ method }: Pick<Route, 'method'>) => method !== 'GET';

/** What the caller must be allowed. */
export function scopeOf(one: Pick<Route, 'method' | 'scope'>): AdminScope {
  return one.scope ?? (isWrite(one) ? 'admin:write' : 'admin:read');
}
