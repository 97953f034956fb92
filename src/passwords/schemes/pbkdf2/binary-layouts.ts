import type { About } from '../../scheme.ts';
import { base64, hex, readBase64, readHex } from '../encoding.ts';
import type { Pbkdf2Digest, Pbkdf2Layout, Pbkdf2Value } from './pbkdf2.ts';

const ASPNET_PRFS: readonly Pbkdf2Digest[] = ['sha1', 'sha256', 'sha512'];
/** Marker, PRF, iterations and the salt's length, before the salt. */
const ASPNET_V3_HEADER = 13;
/** `KeyDerivation` makes and `PasswordHasher` takes no less than 128 bits of either. */
const ASPNET_V3_LEAST = 16;

/** Layouts that put salt and key, and sometimes their parameters, into one run of bytes. */
export const binaryLayouts: readonly Pbkdf2Layout[] = [
  {
    // 389 Directory Server before 3.0: iterations as 32 bits, 64 bytes of salt, 256 of key.
    name: '389ds-pbkdf2',
    about: {
      foundIn: '389 Directory Server before 3.0: userPassword',
      example:
        '{PBKDF2_SHA256}AAAgAMD/7gDA/+4AwP/uAMD/7gDA/+4AwP/uAMD/7gDA/+4AwP/uAMD/7gDA/+4AwP/uAMD/7gDA/+4AwP/uAMD/7gCTzFbccZUpog2y6Eusmdfn0kYnKcgl465vVZous6qObLPB9GtqlRhxZURfaDRQbEFPk1R3nZoGtYcz25zB5EoeLbLXlkqXWb6AnpjvwAprVoqtTyZ8HJlwR7hrUrfm7eygmJw5nfFogGHzTb5ZwnO1AEf1dp1M/YnDH9eMLHcd+KhAfTO+boE+WiH+VTb8Ti2DJEuRVEAxUo14a+6roscRUYnjOydKs/tyGTzNWptUGGp6c8x1pE/0iclpMf8dsH+Px87+Gajz0tEDsN11qjBBHWs3djBWh3xhsAOBS8Dmd3bxGtjARzLVTxNP+Vt/CwroStqlnZJmrhkHogzyrOlV',
    },
    prefix: /^\{PBKDF2_SHA256\}/i,
    read({ encoded }) {
      const bytes = bytesBehind(/^\{PBKDF2_SHA256\}/i, encoded, readBase64);
      if (bytes?.length !== 324) return undefined;
      const [salt, key] = [bytes.subarray(4, 68), bytes.subarray(68)];
      return { digest: 'sha256', iterations: bytes.readUInt32BE(), salt, key };
    },
    write: ({ iterations, salt, key }) =>
      `{PBKDF2_SHA256}${base64(Buffer.concat([uint32(iterations), salt, key]))}`,
  },
  {
    // Atlassian Jira and Confluence, `atlassian-password-encoder`.
    name: 'atlassian-pkcs5s2',
    about: {
      foundIn: 'Atlassian Jira, Confluence and Crowd: cwd_user.credential',
      example: '{PKCS5S2}AAECAwQFBgcICQoLDA0ODwLMHE46BGXtY7ElD9SzIzX6T9mvdUSwx2ymJnvGkyk1',
    },
    prefix: /^\{PKCS5S2\}/,
    read({ encoded }) {
      const bytes = bytesBehind(/^\{PKCS5S2\}/, encoded, readBase64);
      if (bytes?.length !== 48) return undefined;
      return { digest: 'sha1', iterations: 10_000, salt: bytes.subarray(0, 16), key: bytes.subarray(16) };
    },
    write: ({ salt, key }) => `{PKCS5S2}${base64(Buffer.concat([salt, key]))}`,
  },
  {
    // ASP.NET Identity 1 and 2. No other format has 49 bytes, of which the first is zero.
    name: 'aspnet-identity-v2',
    about: {
      foundIn: 'ASP.NET Identity 1 and 2: AspNetUsers.PasswordHash',
      example: 'AAABAgMEBQYHCAkKCwwNDg8A6b+Q5v/5gBndnBKiBiA27187WD3zrXpRRPbHcnNx7A==',
    },
    unmistakable: true,
    read({ encoded }) {
      if (!/^A[A-P][A-Za-z0-9+/]{64}==$/.test(encoded)) return undefined;
      const bytes = readBase64(encoded);
      if (bytes?.length !== 49 || bytes[0] !== 0) return undefined;
      return { digest: 'sha1', iterations: 1000, salt: bytes.subarray(1, 17), key: bytes.subarray(17) };
    },
    write: ({ salt, key }) => base64(Buffer.concat([Buffer.of(0), salt, key])),
  },
  {
    // ASP.NET Core Identity 3: the header leaves no doubt. Integers are big-endian.
    name: 'aspnet-identity-v3',
    about: {
      foundIn: 'ASP.NET Core Identity: AspNetUsers.PasswordHash',
      example: 'AQAAAAIAAYagAAAAEAABAgMEBQYHCAkKCwwNDg+HNphercic/uMU10oVOJcFooxzoeSLoVHx/CnyVEI1LA==',
    },
    prefix: /^AQAAAA[AEI]A[A-Za-z0-9+/]{4}AAAA/,
    read({ encoded }) {
      if (!/^AQAAAA[A-Za-z0-9+/]{40,600}={0,2}$/.test(encoded)) return undefined;
      const bytes = readBase64(encoded);
      if (bytes === undefined || bytes.length < ASPNET_V3_HEADER || bytes[0] !== 1) return undefined;
      const digest = ASPNET_PRFS[bytes.readUInt32BE(1)];
      const end = ASPNET_V3_HEADER + bytes.readUInt32BE(9);
      if (digest === undefined || end < ASPNET_V3_HEADER + ASPNET_V3_LEAST) return undefined;
      if (bytes.length < end + ASPNET_V3_LEAST) return undefined;
      const [salt, key] = [bytes.subarray(ASPNET_V3_HEADER, end), bytes.subarray(end)];
      return { digest, iterations: bytes.readUInt32BE(5), salt, key };
    },
    write({ digest, iterations, salt, key }) {
      const numbers = [ASPNET_PRFS.indexOf(digest), iterations, salt.length].map(uint32);
      return base64(Buffer.concat([Buffer.of(1), ...numbers, salt, key]));
    },
  },
  springLayout('spring-pbkdf2', '{pbkdf2}', {
    foundIn: 'Spring Security 5.0 to 5.7, Pbkdf2PasswordEncoder; the pepper is its secret',
    example: '{pbkdf2}0001020304050607e355153949e21df6577c235ea6cddc5a2395542cc504c63b733cf0fda8eef58e',
    digest: 'sha1',
    iterations: 185_000,
    saltBytes: 8,
  }),
  springLayout('spring-pbkdf2-v5.8', '{pbkdf2@SpringSecurity_v5_8}', {
    foundIn: 'Spring Security 5.8 and later, Pbkdf2PasswordEncoder; the pepper is its secret',
    example:
      '{pbkdf2@SpringSecurity_v5_8}000102030405060708090a0b0c0d0e0f3f87c8c41352b60e95b21ebbe622a2eb6443ab7232dab6ed11b1e31d0c61302f',
    digest: 'sha256',
    iterations: 310_000,
    saltBytes: 16,
  }),
];

/** Spring Security's `Pbkdf2PasswordEncoder` with its defaults, which the id names; a secret stands behind the salt. */
function springLayout(
  name: string,
  id: string,
  {
    foundIn,
    example,
    digest,
    iterations,
    saltBytes,
  }: About & Omit<Pbkdf2Value, 'salt' | 'key'> & { readonly saltBytes: number },
): Pbkdf2Layout {
  return {
    name,
    about: { foundIn, example },
    prefix: new RegExp(`^${id.replaceAll(/[{}.]/g, '\\$&')}(?!\\d+\\$)`),
    pepperAfterSalt: true,
    read({ encoded }) {
      if (!encoded.startsWith(id)) return undefined;
      const bytes = readHex(encoded.slice(id.length));
      if (bytes?.length !== saltBytes + 32) return undefined;
      return { digest, iterations, salt: bytes.subarray(0, saltBytes), key: bytes.subarray(saltBytes) };
    },
    write: ({ salt, key }) => `${id}${hex(salt)}${hex(key)}`,
  };
}

function bytesBehind(prefix: RegExp, encoded: string, read: (text: string) => Buffer | undefined) {
  const found = prefix.exec(encoded)?.[0];
  return found === undefined ? undefined : read(encoded.slice(found.length));
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
