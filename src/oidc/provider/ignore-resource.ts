import type { Context, Next } from 'koa';

/**
 * Drops `resource` (RFC 8707) from authorization requests: nothing that a person can grant has one, and platforms that
 * send it always are served as if they had not.
 */
export function ignoreResource(path: string) {
  return (ctx: Context, next: Next): Promise<unknown> => {
    if (ctx.path === path && 'resource' in ctx.query) {
      const { resource: _, ...query } = ctx.query;
      ctx.query = query;
    }
    return next();
  };
}
