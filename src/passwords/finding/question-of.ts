import { BridgeError } from '../../domain/errors.ts';
import type { SchemeSearch } from '../scheme-search.ts';
import type { Question } from './question.ts';

/** A longer value is no salt. */
const LONGEST_SALT = 256;
/** Characters of a row's values that are looked at at all. */
const LONGEST_VALUE = 1024;
const MOST_COLUMNS = 40;
const MOST_PASSWORD_BYTES = 4096;

/** @throws BridgeError `invalid_request` when a column is named that the row does not have, or the password is empty */
export function questionOf({
  row,
  passwordColumn,
  saltColumns,
  password,
  peppers = [],
}: SchemeSearch): Question {
  if (password.length === 0 || password.length > MOST_PASSWORD_BYTES) {
    throw new BridgeError('invalid_request', `The password has 1 to ${MOST_PASSWORD_BYTES} bytes.`);
  }
  const named = [...(passwordColumn === undefined ? [] : [passwordColumn]), ...(saltColumns ?? [])];
  for (const column of named) {
    if (Object.hasOwn(row, column)) continue;
    const columns = Object.keys(row).slice(0, MOST_COLUMNS).join(', ');
    throw new BridgeError('invalid_request', `The row has no column ${column}. It has: ${columns}.`);
  }
  const filled = Object.entries(row)
    .filter(([, text]) => text !== '' && text.length <= LONGEST_VALUE)
    .slice(0, MOST_COLUMNS);
  const short = filled.filter(([column, text]) => text.length <= LONGEST_SALT && column !== passwordColumn);
  const salts = saltColumns ?? short.map(([column]) => column);
  const hashes = passwordColumn === undefined ? filled.map(([column]) => column) : [passwordColumn];
  return {
    row: Object.fromEntries([...hashes, ...salts].map((column) => [column, row[column] ?? ''])),
    passwordColumns: hashes,
    saltColumns: salts,
    peppers,
  };
}
