import type { Charset } from '../src/domain/credential.ts';

/** Numbers and texts that come with a vector, by their names in lower-case letters and digits alone. */
export type Parameters = ReadonlyMap<string, string>;

export const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9.]/g, '');

export function readParameters(
  ...records: (Readonly<Record<string, unknown>> | null | undefined)[]
): Parameters {
  const pairs = records.flatMap((record) => Object.entries(record ?? {}));
  return new Map(
    pairs
      .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
      .map(([name, value]) => [plainName(name), String(value)]),
  );
}

export function parameter(parameters: Parameters, ...names: readonly string[]): string | undefined {
  return names.map((name) => parameters.get(name)).find((value) => value !== undefined);
}

const CHARSETS = new Map<string, Charset>([
  ['latin1', 'latin1'],
  ['iso88591', 'latin1'],
  ['cp1252', 'cp1252'],
  ['windows1252', 'cp1252'],
  ['utf16le', 'utf16le'],
  ['utf16', 'utf16le'],
  ['unicode', 'utf16le'],
]);

/** What the password is written in before it is hashed; undefined for UTF-8 and for what is no charset. */
export function charsetOf(parameters: Parameters): Charset | undefined {
  const name = parameter(parameters, 'charset', 'passwordcharset', 'passwordencoding', 'encoding');
  return name === undefined ? undefined : CHARSETS.get(plainName(name));
}

export const usernameOf = (parameters: Parameters): string | undefined =>
  parameter(parameters, 'username', 'user', 'login', 'userid', 'name', 'email');

/** A secret of the software's configuration, Firebase's as the record that its console shows. */
export function pepperOf(parameters: Parameters): string | undefined {
  const signer = parameter(parameters, 'base64signerkey', 'signerkey', 'signer');
  if (signer === undefined) {
    const names = [
      'pepper',
      'secret',
      'secretkey',
      'key',
      'sitekey',
      'cookiekey',
      'secretkeybase',
      'ad',
      'hashconfig',
    ];
    return parameter(parameters, ...names);
  }
  const separator = parameter(parameters, 'base64saltseparator', 'saltseparator', 'separator') ?? 'Bw==';
  const rounds = parameter(parameters, 'rounds', 'r') ?? '8';
  const memCost = parameter(parameters, 'memcost', 'memorycost', 'mem', 'ln', 'n') ?? '14';
  return `hash_config { algorithm: SCRYPT, base64_signer_key: ${signer}, base64_salt_separator: ${separator}, rounds: ${rounds}, mem_cost: ${memCost}, }`;
}
