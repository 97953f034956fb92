import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Middleware } from 'koa';

/** What pages load: our stylesheet and modules, and the chart library. */
export interface Assets {
  /** @throws TypeError for a name that is none */
  href(name: string): string;
  readonly serve: Middleware;
}

/**
 * Everything lies below one name that changes with any of it, so that it may be kept for ever and modules import each
 * other by relative names. No path of a request ever becomes a path on the disk.
 */
export function createAssets(): Assets {
  const files = new Map([
    ['style.css', stylesheet()],
    ['uplot.js', `${chartLibrary('uPlot.iife.min.js')}\nexport default uPlot;\n`],
    ...modules(),
  ]);
  const digest = createHash('sha256')
    .update(JSON.stringify([...files]))
    .digest('hex')
    .slice(0, 12);
  const base = `/assets/${digest}/`;
  const served = new Map(
    [...files].map(([name, text]) => [base + name, { text, zipped: gzipSync(text, { level: 9 }) }]),
  );
  return {
    href(name) {
      if (!files.has(name)) throw new TypeError(`There is no asset ${name}.`);
      return base + name;
    },
    serve(ctx, next) {
      const found = served.get(ctx.path);
      if (found === undefined || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
      ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
      ctx.vary('Accept-Encoding');
      ctx.type = ctx.path.endsWith('.css') ? 'css' : 'text/javascript';
      const zipped = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
      if (zipped) ctx.set('Content-Encoding', 'gzip');
      ctx.body = zipped ? found.zipped : found.text;
      return undefined;
    },
  };
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The files of `styles` in the order of their names, then the chart library's. */
function stylesheet(): string {
  const own = readdirSync(new URL('./styles/', import.meta.url))
    .filter((name) => name.endsWith('.css'))
    .sort();
  return [...own.map((name) => read(`./styles/${name}`)), chartLibrary('uPlot.min.css')].join('\n');
}

function modules(): [string, string][] {
  return readdirSync(new URL('./assets/', import.meta.url))
    .filter((name) => name.endsWith('.js'))
    .sort()
    .map((name) => [name, read(`./assets/${name}`)]);
}

function chartLibrary(name: string): string {
  const main = createRequire(import.meta.url).resolve('uplot');
  return readFileSync(`${dirname(main)}/${name}`, 'utf8');
}
