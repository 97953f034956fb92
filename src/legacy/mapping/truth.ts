import { type Cell, textOf } from './cell.ts';
import { dateOf } from './moments.ts';

const YES = ['1', 't', 'true', 'y', 'yes'];

/**
 * Whether a column says yes. What is not clearly a yes is a no, since `email_verified: true` lets a person take over
 * the account with that address at the new platform. A date means "verified at".
 */
export function saysYes(cell: Cell | undefined): boolean {
  const text = textOf(cell)?.trim().toLowerCase() ?? '';
  return YES.includes(text) || dateOf(text) !== undefined;
}
