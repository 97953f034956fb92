import type { TableDefinition } from '../../domain/table-source.ts';
import type { LegacyBlock, Reasons } from '../legacy-block.ts';
import { chooseId } from './choose-id.ts';
import { chooseLogins, type Logins } from './choose-logins.ts';
import { choosePassword, chooseSalt } from './choose-password.ts';
import { chooseProfile } from './choose-profile.ts';
import { chooseStatus } from './choose-status.ts';
import type { ColumnFacts } from './facts.ts';
import { fitness } from './vocabulary.ts';

/** The columns' meanings, and why. */
export interface Choice {
  readonly legacy: LegacyBlock;
  readonly reasons: Reasons;
}

/** What a table of users must have, and this one lacks; each a sentence. */
export type Lacks = readonly string[];

/** Reads a table that no known software made: what each column is, by its name and by what stands in it. */
export function chooseColumns(table: TableDefinition, facts: readonly ColumnFacts[]): Choice | Lacks {
  const id = chooseId(table, facts);
  const password = choosePassword(table.name, facts);
  const rest = facts.filter((column) => column !== password);
  const logins = chooseLogins(table, rest);
  const lacks = lackOf({ id, password, logins });
  if (id === undefined || password === undefined || lacks.length > 0) return lacks;

  const salt = chooseSalt(table.name, rest);
  const status = chooseStatus(table.name, rest);
  const updatedAt = facts.find(({ column }) => fitness('updatedAt', column.name, table.name) > 0);
  const legacy: LegacyBlock = {
    table: table.name,
    id,
    login: logins.columns,
    match: 'case-insensitive',
    ...(updatedAt === undefined ? {} : { updatedAt: updatedAt.column.name }),
    password: {
      column: password.column.name,
      scheme: 'auto',
      ...(salt === undefined ? {} : { salt: salt.column.name }),
    },
    ...(status === undefined ? {} : { status: status.status }),
    profile: chooseProfile(table.name, rest, logins),
  };
  return { legacy, reasons: reasonsOf(table, legacy, logins, status?.why) };
}

function lackOf(found: {
  id: string | undefined;
  password: ColumnFacts | undefined;
  logins: Logins;
}): string[] {
  return [
    ...(found.id === undefined ? ['no column is the primary key or an id that differs in every row'] : []),
    ...(found.password === undefined ? ['no column looks like a password'] : []),
    ...(found.logins.columns.length === 0 ? ['no column holds user names or e-mail addresses'] : []),
  ];
}

function reasonsOf(
  table: TableDefinition,
  legacy: LegacyBlock,
  { email, username }: Logins,
  status: string | undefined,
): Record<string, string> {
  const verified = legacy.profile.email_verified;
  return {
    id: table.primaryKey.includes(legacy.id) ? 'the primary key' : 'different in every row that was read',
    login: [username && `${username} by its name`, email && `${email} holds the addresses`]
      .filter(Boolean)
      .join('; '),
    match: 'or exact, if the legacy application tells Anna and anna apart',
    ...(status === undefined ? {} : { status }),
    ...(verified === false
      ? { 'profile.email_verified': 'true only where somebody confirmed the address' }
      : {}),
  };
}
