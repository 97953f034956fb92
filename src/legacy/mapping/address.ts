import type { Address } from '../../domain/user-profile.ts';
import { maxLengthOf } from './bounds.ts';
import { isParts, type ProfileOptions } from './profile-options.ts';
import type { Reading } from './reading.ts';
import type { ClaimSource } from './source-options.ts';
import { textOfSource } from './sources.ts';

const PARTS = ['formatted', 'street_address', 'locality', 'region', 'postal_code', 'country'] as const;

/** The address in its parts and as it is written on a letter (OIDC Core 5.1.1). */
export function readAddress(reading: Reading, source: ProfileOptions['address']): Address | undefined {
  if (source === undefined) return undefined;
  const sources = (isParts(source) ? source : { formatted: source }) as Partial<
    Record<(typeof PARTS)[number], ClaimSource>
  >;
  const address: { -readonly [Part in keyof Address]: Address[Part] } = {};
  for (const part of PARTS) {
    const text = textOfSource(reading, sources[part]);
    if (text === undefined) continue;
    if (text.length <= maxLengthOf('address')) address[part] = text;
    else reading.leftOut('address', 'too long');
  }
  if (Object.keys(address).length === 0) return undefined;
  const formatted = address.formatted ?? composed(address);
  return formatted.length > maxLengthOf('address') ? address : { ...address, formatted };
}

function composed(address: Address): string {
  const town = [address.postal_code, address.locality].filter(Boolean).join(' ');
  return [address.street_address, town, address.region, address.country].filter(Boolean).join('\n');
}
