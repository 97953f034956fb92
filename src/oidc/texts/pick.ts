import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import type { Texts } from './texts.ts';
import { zh } from './zh.ts';

/** By the tag they are chosen by. The first is the one for everybody whose own is not here. */
const LANGUAGES: ReadonlyMap<string, Texts> = new Map(
  Object.entries({ en, de, fr, es, nl, pt, it, pl, ja, zh }),
);

export const UI_LOCALES: readonly string[] = [...LANGUAGES.keys()];

const MOST_WISHES = 20;

/**
 * @param uiLocales the request's `ui_locales` (OIDC Core 3.1.2.1): BCP 47 tags by preference, separated by spaces
 * @param acceptLanguage the browser's header, for when the client says nothing that is here
 */
export function pickTexts(uiLocales: unknown, acceptLanguage: string): Texts {
  const wanted = [
    ...(typeof uiLocales === 'string' ? uiLocales.split(' ') : []),
    ...byQuality(acceptLanguage),
  ];
  for (const range of wanted.slice(0, MOST_WISHES)) {
    const found = lookUp(range);
    if (found !== undefined) return found;
  }
  return en;
}

/** RFC 4647, section 3.4: the wish itself, then without its last part, until something is there. */
function lookUp(range: string): Texts | undefined {
  for (let parts = range.toLowerCase().split('-', 8); parts.length > 0; parts = parts.slice(0, -1)) {
    const found = LANGUAGES.get(parts.join('-'));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** RFC 9110, section 12.5.4. */
function byQuality(header: string): string[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().split(/\s*;\s*q=/);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);
}
