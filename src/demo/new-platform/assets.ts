import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Middleware } from 'koa';

const TYPES: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
  'mark.svg': 'image/svg+xml',
};

/** The platform's few files, by their exact names: no path of a request ever becomes a path on the disk. */
export function serveAssets(): Middleware {
  const files = new Map(
    Object.entries(TYPES).map(([name, type]) => [
      `/assets/${name}`,
      { type, body: readFileSync(join(import.meta.dirname, 'assets', name)) },
    ]),
  );
  return async (context, next) => {
    const file = files.get(context.path);
    if (file === undefined || (context.method !== 'GET' && context.method !== 'HEAD')) return next();
    context.type = file.type;
    context.body = file.body;
  };
}
