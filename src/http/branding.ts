import { join } from 'node:path';
import { BridgeError } from '../domain/errors.ts';
import { colorsAsCss } from './branding/colors.ts';
import { readFolder } from './branding/folder.ts';
import { createViews, type RenderView, templateFault } from './branding/views.ts';
import type { BrandingOptions } from './options.ts';

const VIEWS = new URL('./views/', import.meta.url);

/** How an operator's pages differ from our own. */
export interface Branding {
  readonly name: string | undefined;
  /** Added to our stylesheet. */
  readonly css: string;
  readonly logo: { readonly type: 'svg' | 'png'; readonly body: Buffer } | undefined;
  readonly links: BrandingOptions['links'];
  /** Templates that stand for ours, by view. */
  readonly templates: ReadonlyMap<string, string>;
  /** The folder they come from, for messages. */
  readonly folder: string;
}

export const NO_BRANDING: Branding = {
  name: undefined,
  css: '',
  logo: undefined,
  links: {},
  templates: new Map(),
  folder: '',
};

/**
 * Reads the folder once; a change takes effect at the next start.
 *
 * @throws BridgeError `configuration_invalid` for a folder that is not there, and for what browsers would refuse
 */
export function readBranding({ name, colors, links, folder }: BrandingOptions): Branding {
  const found = folder === undefined ? undefined : readFolder(folder);
  return {
    name,
    links,
    css: [colorsAsCss(colors), found?.theme ?? ''].filter((css) => css !== '').join('\n'),
    logo: found?.logo,
    templates: found?.templates ?? new Map(),
    folder: folder ?? '',
  };
}

/**
 * Renders a room's views as the pages will, and says in which line a template breaks off.
 *
 * @param views the room's own
 * @throws BridgeError `configuration_invalid` for a template that cannot be rendered
 */
export function previewViews(branding: Branding, views: URL): RenderView {
  const { templates } = branding;
  const attempt = <T>(view: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw templateRefused(branding, view, templateFault(error), error);
    }
  };
  for (const [view, source] of templates)
    attempt(view, () => createViews([], new Map([[view, source]]), true));
  const render = createViews([VIEWS, views], templates, true);
  return (view, data) => attempt(view, () => render(view, data));
}

/** @param sentence what is wrong with the template of this view */
export function templateRefused(
  { folder }: Branding,
  view: string,
  sentence: string,
  cause?: unknown,
): BridgeError {
  const message = `branding.folder: ${join(folder, `${view}.eta`)}: ${sentence}`;
  return new BridgeError('configuration_invalid', message, { cause });
}
