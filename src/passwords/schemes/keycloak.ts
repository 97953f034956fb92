import { z } from 'zod';
import type { Argon2Variant } from '../engines/argon2-input.ts';
import type { ParsedHash, Scheme, StoredHash } from '../scheme.ts';
import { argon2, writeArgon2 } from './argon2.ts';
import { damagedValue } from './damaged.ts';
import { base64, readBase64, readInteger } from './encoding.ts';
import { type Pbkdf2Digest, pbkdf2Scheme } from './pbkdf2/pbkdf2.ts';

const NAME = 'keycloak';
const PREFIX = /^\{"[\s\S]*"secretData"/;

const credentialData = z.object({
  hashIterations: z.int(),
  algorithm: z.string(),
  additionalParameters: z.record(z.string(), z.array(z.string())).nullish(),
});
const secretData = z.object({ value: z.string(), salt: z.string() });
const exported = z.object({ credentialData: z.unknown(), secretData: z.unknown() });

interface Credential {
  readonly data: z.output<typeof credentialData>;
  readonly salt: Buffer;
  readonly value: Buffer;
}

const DIGESTS = new Map<string, Pbkdf2Digest>([
  ['pbkdf2', 'sha1'],
  ['pbkdf2-sha256', 'sha256'],
  ['pbkdf2-sha512', 'sha512'],
]);

/**
 * A credential of Keycloak in JSON: one of a realm's export, with `credentialData` and `secretData` in it (as objects
 * or as texts that hold one); or the table `CREDENTIAL`, its column `SECRET_DATA` as the hash and `CREDENTIAL_DATA` as
 * the salt. Algorithms: `pbkdf2`, `pbkdf2-sha256`, `pbkdf2-sha512`, `argon2`.
 */
export const keycloak: Scheme = {
  name: NAME,
  about: {
    foundIn:
      'Keycloak: CREDENTIAL.SECRET_DATA (with CREDENTIAL_DATA as the salt), or credentials of a realm export',
    example:
      '{"credentialData":{"hashIterations":27500,"algorithm":"pbkdf2-sha256"},"secretData":{"value":"Ca/W1uHPdOF53bPWSQyrHQQPdk6KOe20VTbaw0U+WWswH2gciKNBqwk+H7RPgAmCshFAhVRLSSar72bo1/g8dA==","salt":"AAECAwQFBgcICQoLDA0ODw=="}}',
  },
  takes: ['salt'],
  selfDescribing: true,

  parse(stored) {
    const credential = readCredential(stored);
    if (credential === undefined) return undefined;
    const inner = innerOf(credential);
    if (inner === undefined) return undefined;
    const decoy = writeCredential({ ...credential, value: Buffer.alloc(credential.value.length) });
    return { ...inner, scheme: NAME, decoy: () => decoy } satisfies ParsedHash;
  },

  damage: (encoded) => (PREFIX.test(encoded) ? damagedValue(NAME, encoded) : undefined),
};

function readCredential({ encoded, salt: column }: StoredHash): Credential | undefined {
  const whole = readJson(encoded);
  const both = exported.safeParse(whole);
  const secret = secretData.safeParse(both.success ? unwrapped(both.data.secretData) : whole);
  const data = credentialData.safeParse(
    both.success ? unwrapped(both.data.credentialData) : readJson(column),
  );
  if (!secret.success || !data.success) return undefined;
  const [salt, value] = [readBase64(secret.data.salt), readBase64(secret.data.value)];
  return salt === undefined || value === undefined ? undefined : { data: data.data, salt, value };
}

/** @returns undefined when the algorithm is none of Keycloak's, or lacks a parameter */
function innerOf({ data, salt, value }: Credential): ParsedHash | undefined {
  const digest = DIGESTS.get(data.algorithm);
  if (digest !== undefined) {
    const read = () => ({ digest, iterations: data.hashIterations, salt, key: value });
    return pbkdf2Scheme({ name: NAME, about: keycloak.about, read, write: () => '' }).parse({ encoded: '' });
  }
  const parameter = (name: string) => data.additionalParameters?.[name]?.[0];
  const [memoryKiB, lanes] = [readInteger(parameter('memory')), readInteger(parameter('parallelism'))];
  const [type, version] = [parameter('type') ?? '', parameter('version')];
  if (data.algorithm !== 'argon2' || memoryKiB === undefined || lanes === undefined) return undefined;
  if (!/^(?:id|i|d)$/.test(type) || (version !== '1.3' && version !== '1.0')) return undefined;
  const input = {
    variant: `argon2${type}` as Argon2Variant,
    version: version === '1.3' ? 19 : 16,
    memoryKiB,
    iterations: data.hashIterations,
    lanes,
    salt,
    tagLength: value.length,
  };
  return argon2.parse({ encoded: writeArgon2(input, value) });
}

const writeCredential = ({ data, salt, value }: Credential) =>
  JSON.stringify({ credentialData: data, secretData: { value: base64(value), salt: base64(salt) } });

const unwrapped = (value: unknown) => (typeof value === 'string' ? readJson(value) : value);

function readJson(text: string | undefined): unknown {
  if (text === undefined || !text.startsWith('{') || !text.endsWith('}')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
