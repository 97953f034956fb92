import type { SchemeSearchResult } from '../passwords/scheme-search.ts';
import type { Inspection } from './inspection.ts';

/**
 * The inspection with what a search has verified in place of what was proposed. Where the proposal chooses a scheme by
 * another column, it stays: one row shows one of its cases.
 */
export function withFoundPassword(
  inspection: Inspection,
  { configuration, judgement }: Extract<SchemeSearchResult, { kind: 'found' }>,
): Inspection {
  const { legacy, reasons } = inspection;
  if (typeof legacy.password.scheme === 'object') return inspection;
  const why = `verified with one person's password; ${judgement.strength}`;
  const beside = Object.keys(configuration).filter((key) => !['column', 'scheme', 'pepper'].includes(key));
  return {
    ...inspection,
    legacy: { ...legacy, password: { ...configuration } },
    reasons: {
      ...reasons,
      'password.scheme': 'reason' in judgement ? `${why}: ${judgement.reason}` : why,
      ...Object.fromEntries(beside.map((key) => [`password.${key}`, 'found with that password'])),
      ...(configuration.pepper === undefined
        ? {}
        : { 'password.pepper': "the secret of the legacy app's configuration that was given" }),
    },
  };
}
