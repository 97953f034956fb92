import { de } from './de.ts';
import { en } from './en.ts';
import type { Texts } from './texts.ts';

/** The first language is the one for everybody whose own is not here. */
const LANGUAGES: readonly [Texts, ...Texts[]] = [en, de];

export const UI_LOCALES = LANGUAGES.map(({ lang }) => lang);

/**
 * @param uiLocales the request's `ui_locales` (OIDC Core 3.1.2.1): BCP 47 tags by preference, separated by spaces
 * @param acceptLanguage the browser's header, for when the client says nothing that is here
 */
export function pickTexts(uiLocales: unknown, acceptLanguage: string): Texts {
  const wanted = [
    ...(typeof uiLocales === 'string' ? uiLocales.split(' ') : []),
    ...byQuality(acceptLanguage),
  ];
  for (const tag of wanted.slice(0, 20)) {
    const primary = tag.split('-')[0]?.toLowerCase();
    const found = LANGUAGES.find(({ lang }) => lang === primary);
    if (found !== undefined) return found;
  }
  return LANGUAGES[0];
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
