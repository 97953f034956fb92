import type { Consent } from '../../domain/user-profile.ts';
import { MAX_TEXT } from './bounds.ts';
import { flagOf } from './flags.ts';
import type { Reading } from './reading.ts';
import type { ClaimSource } from './source-options.ts';
import { momentIn, textOfSource } from './sources.ts';

/** What the row says that the person agreed to: given where the column clearly says yes, and nowhere else. */
export function readConsents(reading: Reading): readonly Consent[] | undefined {
  const consents = reading.options.consents?.map(({ name, given, at, version, source }): Consent => {
    const text = (from: ClaimSource | undefined, part: string) => {
      const value = textOfSource(reading, from);
      if (value === undefined || value.length <= MAX_TEXT) return value;
      reading.leftOut(`consents.${name}.${part}`, 'too long');
      return undefined;
    };
    const moment = at === undefined ? undefined : momentIn(reading, at);
    const versionText = text(version, 'version');
    const sourceText = text(source, 'source');
    return {
      name,
      given: flagOf(reading, given) === 'yes',
      ...(moment === undefined ? {} : { at: moment }),
      ...(versionText === undefined ? {} : { version: versionText }),
      ...(sourceText === undefined ? {} : { source: sourceText }),
    };
  });
  return consents?.length ? consents : undefined;
}
