import type { Trouble } from '../engine.ts';
import { codeOf } from '../explain.ts';

/** Server errors by number, since MariaDB and MySQL name some of them differently. */
const REFUSED: Record<number, string> = {
  1048: 'A value is needed (null was given)',
  1364: 'A value is needed (there is no default)',
  1406: 'The value is too long',
  1264: 'The value is out of range',
  1265: 'The value does not fit the type',
  1292: 'The value does not fit the type',
  1366: 'The value does not fit the type or character set',
  1411: 'The value does not fit the type',
  1452: 'A foreign key refuses the row',
  1906: 'The column computes its own value',
  1644: 'A trigger refuses the row',
  3105: 'The column computes its own value',
  3819: 'A check constraint refuses the row',
  4025: 'A check constraint refuses the row',
};

const RETRY: Record<number, string> = {
  1205: 'The row is locked by somebody else.',
  1213: 'The database ended a deadlock at our cost.',
  1317: 'The statement was interrupted.',
  1969: 'The statement took longer than the server allows.',
  3024: 'The statement took longer than the server allows.',
};

const UNAVAILABLE: Record<number, string> = {
  1021: 'The disk of the database is full.',
  1040: 'The database has too many connections.',
  1044: 'The account may not use the database.',
  1045: 'The database refuses the account or its password.',
  1047: 'The node of the cluster is not ready.',
  1049: 'There is no such database.',
  1053: 'The database is shutting down.',
  1054: 'The table lacks a mapped column.',
  1114: 'The table is full.',
  1129: 'The database blocks this host.',
  1130: 'The database does not let this host in.',
  1142: 'The account lacks a grant on the table.',
  1143: 'The account lacks a grant on a column.',
  1146: 'There is no such table.',
  1203: 'The account has too many connections.',
  1226: 'The account has used up a limit of the server.',
  1290: 'The database is read-only.',
  1792: 'The database is read-only.',
  1820: 'The account’s password has expired.',
  1836: 'The database is read-only.',
  1862: 'The account’s password has expired.',
  1927: 'The database ended the connection.',
  3118: 'The account is locked.',
};

const DUPLICATE = 1062;

export function explainMysql(error: unknown): Trouble | undefined {
  const { errno, message, syscall, fatal } = (error ?? {}) as Record<string, unknown>;
  const text = String(message);
  if (errno === DUPLICATE) return { kind: 'duplicate', names: lastName(text, /for key '([^']+)'$/) };
  const number = Number(errno);
  const refused = REFUSED[number];
  if (refused !== undefined) return { kind: 'refused', what: refused, names: lastName(text, COLUMN) };
  const retry = RETRY[number];
  if (retry !== undefined) return { kind: 'retry', what: retry };
  const out = UNAVAILABLE[number];
  if (out !== undefined) return { kind: 'unavailable', what: out };
  const isConnection =
    syscall !== undefined || fatal === true || /^(PROTOCOL|HANDSHAKE|E[A-Z])/.test(codeOf(error));
  if (!isConnection || codeOf(error).startsWith('ER_')) return undefined;
  return { kind: 'unavailable', what: `The database cannot be reached (${codeOf(error)}).` };
}

/** `column 'email'`, `Field 'email'`, and MariaDB's `` column `db`.`users`.`email` ``; the last one, for values come first. */
const COLUMN = /.*(?:column|field) ['`]([^'\s]+)['`]/is;

function lastName(text: string, pattern: RegExp): string[] {
  const quoted = pattern.exec(text)?.[1];
  const name = quoted?.replaceAll('`', '').split('.').at(-1);
  return name === undefined ? [] : [name];
}
