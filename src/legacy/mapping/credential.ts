import { textOf } from '../../domain/cell.ts';
import type { Credential } from '../../domain/credential.ts';
import type { LegacyOptions } from '../options.ts';
import { MAX_ENCODED, MAX_SALT } from './bounds.ts';
import { secretTextOf } from './cell.ts';
import type { LegacyRow } from './row.ts';

/**
 * What a row says about the password. Where it cannot be verified, the scheme's name says why in parentheses, which
 * no scheme is called: verification then reports it as unknown. Such a name never holds what stands in the row, apart
 * from a number of at most three digits.
 */
export function readCredential(options: LegacyOptions, row: LegacyRow): Credential {
  const { column, salt: saltColumn, username: usernameColumn, pepper, charset } = options.password;
  const encoded = secretTextOf(row.values.get(column));
  const salt = saltColumn === undefined ? undefined : secretTextOf(row.values.get(saltColumn));
  const username = usernameColumn === undefined ? undefined : textOf(row.values.get(usernameColumn));
  const tooLong = tooLongFor(encoded, salt, username);
  return {
    encoded: encoded.slice(0, MAX_ENCODED),
    ...(salt === undefined ? {} : { salt: salt.slice(0, MAX_SALT) }),
    ...(username === undefined ? {} : { username: username.slice(0, MAX_SALT) }),
    ...(pepper === undefined ? {} : { pepper: pepper.reveal() }),
    ...(charset === undefined ? {} : { charset }),
    scheme: tooLong ?? schemeOf(options, row),
  };
}

function tooLongFor(
  encoded: string,
  salt: string | undefined,
  username: string | undefined,
): string | undefined {
  if (encoded.length > MAX_ENCODED) return `(a hash of more than ${MAX_ENCODED} characters)`;
  if (salt !== undefined && salt.length > MAX_SALT) return `(a salt of more than ${MAX_SALT} characters)`;
  if (username !== undefined && username.length > MAX_SALT)
    return `(a username of more than ${MAX_SALT} characters)`;
  return undefined;
}

function schemeOf(options: LegacyOptions, row: LegacyRow): Credential['scheme'] {
  const { scheme } = options.password;
  if (typeof scheme === 'string' || Array.isArray(scheme)) return scheme;
  const value = textOf(row.values.get(scheme.column)) ?? '';
  const mapped = Object.hasOwn(scheme.map, value) ? scheme.map[value] : undefined;
  if (mapped !== undefined) return mapped;
  const shown = /^\d{1,3}$/.test(value) ? `${scheme.column} ${value}` : `the value of ${scheme.column}`;
  return `(no scheme for ${shown})`;
}
