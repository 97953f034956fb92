import type { LegacyOptions } from '../options.ts';
import type { LegacyRow } from './row.ts';

/** Why a value of a row is not in the profile. */
export type LeftOut =
  | 'too long'
  | 'too many'
  | 'no telephone number'
  | 'no locale'
  | 'no time zone'
  | 'no date'
  | 'no number'
  | 'no JSON object'
  | 'no list';

/** Called with the claim that was left out, and why; the value itself goes nowhere. */
export type OnLeftOut = (claim: string, why: LeftOut) => void;

/** One row, read by the options' mapping. */
export interface Reading {
  readonly options: LegacyOptions;
  readonly row: LegacyRow;
  readonly leftOut: OnLeftOut;
}
