import { type Cell, textOf } from '../../domain/cell.ts';
import { dateOf } from './moments.ts';

export type Answer = 'yes' | 'no' | 'unknown';
export type Listed = string | number | boolean | null;

const YES = ['1', 't', 'true', 'y', 'yes'];
const NO = ['', '0', 'f', 'false', 'n', 'no'];

export interface YesNo {
  readonly yes?: readonly Listed[] | undefined;
  readonly no?: readonly Listed[] | undefined;
}

/** What a column says: by the lists, where there are any; a date means "since then". NULL is a no, if not listed. */
export function answerOf(cell: Cell | undefined, { yes, no }: YesNo = {}): Answer {
  const text = textOf(cell)?.trim().toLowerCase();
  if (no?.some((listed) => isListed(text, listed, true))) return 'no';
  if (yes !== undefined) {
    if (yes.some((listed) => isListed(text, listed, true))) return 'yes';
    return no === undefined ? 'no' : 'unknown';
  }
  if (text === undefined || NO.includes(text) || /^0000-00-00/.test(text)) return 'no';
  return YES.includes(text) || dateOf(text) !== undefined ? 'yes' : 'unknown';
}

/**
 * Whether a column says yes. What is not clearly a yes is a no, since `email_verified: true` lets a person take over
 * the account with that address at the new platform. A date means "verified at".
 */
export function saysYes(cell: Cell | undefined, lists: YesNo = {}): boolean {
  return answerOf(cell, lists) === 'yes';
}

/** Whether a value is the listed one; true and false as the databases spell them. */
export function isListed(value: string | undefined, listed: Listed, folded: boolean): boolean {
  if (value === undefined || listed === null) return value === undefined && listed === null;
  if (typeof listed === 'boolean') return (listed ? ['1', 't', 'true'] : ['0', 'f', 'false']).includes(value);
  return value === (folded ? String(listed).toLowerCase() : String(listed));
}
