import type { BrandingOptions } from '../options.ts';

/** The configured colours as variables of style.css; those of buttons under the pointer follow from them there. */
export function colorsAsCss({ light, dark }: BrandingOptions['colors']): string {
  const rules: string[] = [];
  if (light !== undefined) rules.push(`:root { --accent: ${light}; }`);
  if (dark !== undefined || light !== undefined) {
    rules.push(`@media (prefers-color-scheme: dark) { :root { --accent: ${dark ?? OUR_DARK}; } }`);
  }
  return rules.join('\n');
}

/** As in style.css, whose own rule for dark screens comes before the one for the light colour. */
const OUR_DARK = '#8ab4f0';
