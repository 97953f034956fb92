import { pathToFileURL } from 'node:url';
import { BridgeError } from '../../domain/errors.ts';
import type { Hooks } from '../../domain/hooks.ts';
import { hooksShape } from './hook-shapes.ts';

/**
 * The hooks that a module exports as its default.
 *
 * @param file an absolute path; Node runs TypeScript as it is
 * @throws BridgeError `configuration_invalid` when there is none, it cannot be run, or exports something else
 */
export async function loadHooks(file: string): Promise<Hooks> {
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(file).href);
  } catch (cause) {
    const { code, name } = cause as { code?: string; name?: string };
    throw new BridgeError(
      'configuration_invalid',
      `legacy.hooks: ${file} cannot be loaded (${code ?? name}).`,
      {
        cause,
      },
    );
  }
  const result = hooksShape.safeParse(module.default);
  if (result.success) return module.default as Hooks;
  const places = result.error.issues.map(({ path }) => path.join('.')).filter((place) => place !== '');
  throw new BridgeError(
    'configuration_invalid',
    `legacy.hooks: ${file} must export defineHooks({ attributes, profile, login }) as its default` +
      `${places.length === 0 ? '' : `; wrong: ${places.join(', ')}`}.`,
  );
}
