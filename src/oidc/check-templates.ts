import { type Branding, previewViews, templateRefused } from '../http/branding.ts';
import { SAMPLES } from './interaction/samples.ts';

/**
 * Renders every template of an operator's own as the bridge will, with and without what may be absent, so that a broken
 * one is known at the start and not by whoever logs in first.
 *
 * @throws BridgeError `configuration_invalid` with the file, the line where it is known, and what is wrong
 */
export function checkTemplates(branding: Branding): void {
  const render = previewViews(branding, new URL('./views/', import.meta.url));
  for (const view of branding.templates.keys()) {
    const samples = SAMPLES.get(view);
    if (samples === undefined) {
      throw templateRefused(
        branding,
        view,
        `there is no such page; templates may be: ${[...SAMPLES.keys()].join(', ')}.`,
      );
    }
    for (const { data, needs } of samples) {
      const page = render(view, data);
      const problem = whatIsWrong(page, needs);
      if (problem !== undefined) throw templateRefused(branding, view, problem);
    }
  }
}

/** Browsers do not run or apply these: the pages' policy forbids everything inline. */
const INLINE = /<script\b(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:/i;

function whatIsWrong(page: string, needs: readonly string[]): string | undefined {
  if (page.includes(UNESCAPED)) {
    return 'it shows a value without escaping it, which would let anybody write into the page. Use <%= instead of <%~.';
  }
  const inline = INLINE.exec(page)?.[0].trim();
  if (inline !== undefined) {
    return `${inline} is inline, which browsers refuse here. Put styles into theme.css; scripts have no place.`;
  }
  const missing = needs.find((part) => !page.includes(part));
  return missing === undefined ? undefined : `it lacks ${missing}, without which the page does not work.`;
}

/** What samples have in every value that comes from outside. */
const UNESCAPED = '<sample>';
