import { createHash } from 'node:crypto';
import type { Middleware } from 'koa';

/** A file that pages load from our own origin. */
export interface Asset {
  /** From the origin on; it changes with the content. */
  readonly href: string;
  /** The path below the base. */
  readonly path: string;
  /** As Koa's `ctx.type`: an extension. */
  readonly type: string;
  readonly body: string | Buffer;
}

/**
 * @param base path that everything is mounted below, without a slash at its end
 * @param name e.g. `style`
 * @param type its extension
 */
export function createAsset(base: string, name: string, type: string, body: string | Buffer): Asset {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const path = `/assets/${name}-${digest}.${type}`;
  return { href: `${base}${path}`, path, type, body };
}

/**
 * Serves assets from memory; since a name belongs to one content, it may be kept for ever.
 *
 * @param by what the requests name them by: the whole path, or the one below the base for what is mounted there
 */
export function serveAssets(assets: readonly Asset[], by: 'href' | 'path'): Middleware {
  const known = new Map(assets.map((asset) => [asset[by], asset]));
  return (ctx, next) => {
    const asset = ctx.method === 'GET' || ctx.method === 'HEAD' ? known.get(ctx.path) : undefined;
    if (asset === undefined) return next();
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
    ctx.type = asset.type;
    ctx.body = asset.body;
    return undefined;
  };
}
