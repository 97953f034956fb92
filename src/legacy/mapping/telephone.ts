import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** What people write around a number; letters would make it a word that happens to be dialled. */
const TELEPHONE = /^[\d\s()+./\-–·]+(?:\s*(?:;ext=|ext\.?|x|#)\s*\d{1,7})?$/i;

/**
 * A telephone number as OIDC recommends it: E.164, and `;ext=` where it has an extension (RFC 3966).
 *
 * @param country ISO 3166-1, for numbers that do not begin with their country
 * @returns undefined for what is no number of any country's plan; nothing is guessed
 */
export function telephoneOf(text: string, country: string | undefined): string | undefined {
  if (!TELEPHONE.test(text.trim())) return undefined;
  // The exit code of nearly all countries; where another is dialled, the default country's plan is asked first.
  const number =
    parsed(text, country) ??
    (/^\s*00[1-9]/.test(text) ? parsed(text.replace(/^\s*00/, '+'), country) : undefined);
  if (number === undefined) return undefined;
  return number.ext === undefined ? number.number : `${number.number};ext=${number.ext}`;
}

export function isTelephoneCountry(country: string): boolean {
  return isSupportedCountry(country);
}

function parsed(text: string, country: string | undefined) {
  const number = parsePhoneNumberFromString(text, {
    ...(country === undefined ? {} : { defaultCountry: country as CountryCode }),
    extract: false,
  });
  return number?.isValid() ? number : undefined;
}
