import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BridgeError } from '../../domain/errors.ts';

/** A page with all of it stays quick on a slow line. */
const LOGO_LIMIT_BYTES = 64 * 1024;
const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

export interface BrandingFolder {
  readonly theme: string;
  readonly logo: { readonly type: 'svg' | 'png'; readonly body: Buffer } | undefined;
  readonly templates: ReadonlyMap<string, string>;
}

/** @throws BridgeError `configuration_invalid` with the file and what is wrong with it */
export function readFolder(folder: string): BrandingFolder {
  const names = namesIn(folder);
  const read = (name: string) => readFileSync(join(folder, name));
  const logos = (['svg', 'png'] as const).filter((type) => names.includes(`logo.${type}`));
  if (logos.length > 1) throw fault(folder, 'logo.png', 'there is logo.svg as well. Keep one of them.');
  const [type] = logos;
  return {
    theme: names.includes('theme.css') ? checkedTheme(folder, read('theme.css').toString('utf8')) : '',
    logo: type === undefined ? undefined : { type, body: checkedLogo(folder, type, read(`logo.${type}`)) },
    templates: new Map(
      names
        .filter((name) => name.endsWith('.eta'))
        .map((name) => [name.slice(0, -'.eta'.length), read(name).toString('utf8')]),
    ),
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new BridgeError(
      'configuration_invalid',
      `branding.folder: ${folder} cannot be read (${(cause as { code?: string }).code}). Name a folder, or leave the key out.`,
      { cause },
    );
  }
}

/** The pages' policy lets them load nothing from elsewhere: better said at the start than by a browser's console. */
function checkedTheme(folder: string, css: string): string {
  const foreign = /@import|url\(\s*(?!["']?data:image\/)/i.exec(css);
  if (foreign === null) return css;
  const line = css.slice(0, foreign.index).split('\n').length;
  throw fault(
    folder,
    'theme.css',
    `line ${line}: ${foreign[0]} loads something, which the pages' policy forbids. Put images in as data:image/...`,
  );
}

function checkedLogo(folder: string, type: 'svg' | 'png', body: Buffer): Buffer {
  const isOne = type === 'png' ? body.subarray(0, 8).equals(PNG) : /<svg[\s>]/.test(body.toString('utf8'));
  if (!isOne) throw fault(folder, `logo.${type}`, `this is no ${type.toUpperCase()} image.`);
  if (body.length <= LOGO_LIMIT_BYTES) return body;
  throw fault(
    folder,
    `logo.${type}`,
    `it has ${Math.ceil(body.length / 1024)} KiB; ${LOGO_LIMIT_BYTES / 1024} at most.`,
  );
}

function fault(folder: string, file: string, sentence: string): BridgeError {
  return new BridgeError('configuration_invalid', `branding.folder: ${join(folder, file)}: ${sentence}`);
}
