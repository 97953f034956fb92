import { decoderFor } from './charset.ts';
import type { Grammar } from './grammar.ts';

/** Takes from `SET ...` and `USE ...` what changes the reading of what follows. */
export function applySession(statement: string, grammar: Grammar, fixedCharset: boolean): void {
  const [, database] = /^USE\s+[`"]?([^`";]+)/i.exec(statement) ?? [];
  if (database !== undefined) grammar.schema = database.trim();
  if (!/^(SET|PRAGMA|SELECT)\b/i.test(statement)) return;
  applyCharset(statement, grammar, fixedCharset);
  applyMode(statement, grammar);
}

function applyCharset(statement: string, grammar: Grammar, fixedCharset: boolean): void {
  const [, names] =
    /^SET\s+(?:NAMES|CHARACTER\s+SET|(?:SESSION\s+)?character_set_client\s*=|client_encoding\s*(?:=|TO))\s*['"]?([\w-]+)/i.exec(
      statement,
    ) ?? [];
  if (names === undefined || fixedCharset) return;
  // mysqldump sets character_set_client around each CREATE TABLE; in a session of its own it says nothing of rows.
  if (/character_set_client/i.test(statement)) return;
  grammar.decode = /^(binary|default)$/i.test(names) ? undefined : decoderFor(names);
}

function applyMode(statement: string, grammar: Grammar): void {
  const [, mode] = /\bsql_mode\s*:?=\s*(.*)$/is.exec(statement) ?? [];
  if (mode !== undefined && grammar.dialect === 'mysql') {
    grammar.backslash = !/NO_BACKSLASH_ESCAPES/i.test(mode);
  }
  const [, conforming] = /\bstandard_conforming_strings\s*(?:=|TO)\s*'?(\w+)/i.exec(statement) ?? [];
  if (conforming !== undefined)
    Object.assign(grammar, POSTGRES, { backslash: conforming.toLowerCase() === 'off' });
  if (/^PRAGMA\b/i.test(statement)) Object.assign(grammar, SQLITE);
}

export const MYSQL = { dialect: 'mysql', backslash: true } as const;
const POSTGRES = { dialect: 'postgres', backslash: false } as const;
const SQLITE = { dialect: 'sqlite', backslash: false } as const;
