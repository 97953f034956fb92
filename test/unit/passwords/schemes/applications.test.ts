import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identify } from '../../../../src/passwords/identify/identify.ts';
import { findScheme } from '../../../../src/passwords/known-schemes.ts';
import type { StoredHash } from '../../../../src/passwords/scheme.ts';
import { ALL_SCHEMES } from '../../../../src/passwords/schemes/all.ts';

const parse = (name: string, stored: StoredHash) => {
  const scheme = findScheme(name);
  if (scheme === undefined) throw new Error(`no scheme ${name}`);
  return scheme.parse(stored);
};
const shape = (encoded: string) => {
  const identified = identify({ encoded, scheme: 'auto' });
  return identified.kind === 'unknown-scheme' ? identified.shape : identified.kind;
};
const MAGENTO_SHA256 = '0'.repeat(64);

describe('The formats of databases', () => {
  test('are named where they were cut, without a digit of them.', () => {
    expect(shape('*0D3CED9BEC10A777AEC23CCC353A8C08A63304')).toMatch(/^PASSWORD\(\) of MySQL, but not whole/);
    expect(shape(`S:${'A'.repeat(59)}`)).toMatch(/^S: of Oracle 11g, but not whole/);
    expect(shape(`0x0200${'A'.repeat(100)}`)).toMatch(/^PWDENCRYPT\(\) of SQL Server, but not whole/);
    expect(shape(`md5${'a'.repeat(30)}`)).toMatch(/^md5 of PostgreSQL, but not whole/);
    expect(shape(`0x0100${'A'.repeat(48)}  `)).toContain('followed by blanks');
  });

  test('that begin as a password may begin are not claimed for it.', () => {
    for (const encoded of ['*secret', 'md5sum', 'S:secret', '0x0100', 'a:1:{}']) {
      expect(shape(encoded), encoded).toBe('fewer than 13 characters: too short for a hash');
    }
  });

  test('say that PostgreSQL needs the name of the role.', () => {
    expect(parse('postgres-md5', { encoded: `md5${'a'.repeat(32)}` })?.outOfBounds).toContain(
      'needs a username',
    );
    const long = { encoded: `md5${'a'.repeat(32)}`, username: 'u'.repeat(1025) };
    expect(parse('postgres-md5', long)?.outOfBounds).toContain('1025 characters');
  });

  test('of SCRAM are bounded, and not read with a key of another length.', () => {
    const [key, short] = [Buffer.alloc(32).toString('base64'), Buffer.alloc(31).toString('base64')];
    const scram = (iterations: string, stored = key, server = key) =>
      parse('scram', { encoded: `SCRAM-SHA-256$${iterations}:AAECAw==$${stored}:${server}` });
    expect(scram('4096')?.outOfBounds).toBeUndefined();
    expect(scram('0')?.outOfBounds).toContain("PBKDF2's iterations are 0");
    expect(scram('4000000000')?.outOfBounds).toContain('1 to 10000000');
    expect(scram('04096')).toBeUndefined();
    expect(scram('4096', short)).toBeUndefined();
    expect(scram('4096', key, short)).toBeUndefined();
  });

  test('do not take sixteen digits for OLD_PASSWORD() that it cannot write.', () => {
    expect(parse('mysql323', { encoded: '7fffffff7fffffff' })).toBeDefined();
    expect(parse('mysql323', { encoded: '8000000000000000' })).toBeUndefined();
    expect(parse('mysql323', { encoded: '0000000080000000' })).toBeUndefined();
  });
});

describe('The formats of applications', () => {
  test('over characters match no bytes that are not UTF-8.', async () => {
    const [bytes, replaced] = [Buffer.from('p\xe4ss', 'latin1'), Buffer.from('p\ufffdss')];
    // The NT hash of the text with a replacement character in the place of that byte.
    const encoded = 'ef6e953e1e5e2f5aed53d7b13058944a';
    expect(await parse('ntlm', { encoded })?.verify(bytes)).toBe(false);
    expect(await parse('ntlm', { encoded })?.verify(replaced)).toBe(true);
  });

  test('with a salt column say what is wrong with it.', () => {
    const encoded = Buffer.alloc(20).toString('base64');
    const fault = (salt?: string) =>
      parse('aspnet-membership-sha1', { encoded, ...(salt === undefined ? {} : { salt }) })?.outOfBounds;
    expect(fault()).toContain('needs a salt');
    expect(fault('not base64')).toContain('PasswordSalt');
    expect(fault('')).toContain('PasswordSalt');
    expect(fault('A'.repeat(1028))).toContain('1028 characters');
    expect(fault('AAAA')).toBeUndefined();
  });

  test('that repeat a digest are refused past the bound.', () => {
    const shiro = (rounds: string) => `$shiro1$SHA-256$${rounds}$$${Buffer.alloc(32).toString('base64')}`;
    expect(parse('shiro1', { encoded: shiro('1000000') })?.outOfBounds).toBeUndefined();
    expect(parse('shiro1', { encoded: shiro('1000001') })?.outOfBounds).toContain('1000001 rounds');
    expect(parse('shiro1', { encoded: shiro('0') })).toBeUndefined();
    const fshp = `{FSHP1|0|9999999999}${Buffer.alloc(32).toString('base64')}`;
    expect(parse('fshp', { encoded: fshp })?.outOfBounds).toContain('9999999999 rounds');
  });

  test('read what later versions of the same software wrote into the same column.', () => {
    const bcrypt = '$2y$04$abcdefghijklmnopqrstuuSqNATdQiNEckAKLsqgsKbAM5.hZoMCq';
    for (const name of ['joomla', 'magento1'])
      expect(parse(name, { encoded: bcrypt })?.scheme).toBe('bcrypt');
    expect(parse('oscommerce', { encoded: bcrypt })).toBeUndefined();
  });
});

describe('Bcrypt inside other formats', () => {
  const bcrypt = '$2y$04$abcdefghijklmnopqrstuuSqNATdQiNEckAKLsqgsKbAM5.hZoMCq';
  const of = (name: string) => parse(name, { encoded: bcrypt, pepper: 'p'.repeat(80) });

  test('costs what it computes.', () => {
    const once = of('bcrypt')?.cost ?? 0;
    expect(of('devise')?.cost).toBe(once);
    expect(of('woltlab')?.cost).toBe(2 * once);
  });

  test('is bounded as bcrypt is, and named where it was cut.', () => {
    for (const name of ['devise', 'woltlab', 'joomla', 'magento1']) {
      const dear = parse(name, { encoded: bcrypt.replace('$04$', '$31$') });
      expect(dear?.outOfBounds, name).toContain('cost is 31');
      expect(identify({ encoded: bcrypt.slice(0, 57), scheme: name }), name).toMatchObject({
        shape: expect.stringContaining('57 of 60 characters'),
      });
    }
    const record = `a:1:{s:4:"hash";s:60:"${bcrypt.replace('$04$', '$31$')}";}`;
    expect(parse('xenforo', { encoded: record })?.outOfBounds).toContain('cost is 31');
  });

  test('loses what bcrypt loses of the password, and a pepper past 72 bytes loses none.', () => {
    for (const name of ['devise', 'woltlab']) {
      expect(of(name)?.lossy(Buffer.alloc(72, 'a')), name).toBe(false);
      expect(of(name)?.lossy(Buffer.alloc(73, 'a')), name).toBe(true);
    }
  });
});

describe("Magento 2's chains", () => {
  const fault = (versions: string, hash = MAGENTO_SHA256) =>
    parse('magento2', { encoded: `${hash}:salt:${versions}` })?.outOfBounds;

  test('are refused past the bounds of argon2, all steps together.', () => {
    expect(fault('3_32_2_67108864')).toBeUndefined();
    expect(fault('3_32_2_1073741824')).toContain('1048576 KiB');
    expect(fault('3_32_2_1024')).toContain('1 KiB');
    expect(fault('3_32_101_67108864')).toContain('101 passes');
    expect(fault('3_8_2_67108864', '0'.repeat(16))).toBeUndefined();
    expect(fault('3_129_2_67108864', '0'.repeat(258))).toBeUndefined();
    expect(fault('3_32_9_234881024')).toBeUndefined();
    expect(fault('3_32_9_234881024:3_32_9_234881024')).toContain('memory times passes');
  });

  test('are not read when a version is unknown, there are too many, or the last writes another length.', () => {
    for (const versions of ['', '4', '0', '1:', '3_32_2', '01', '1:1:1:1:1:1:1:1:1']) {
      expect(parse('magento2', { encoded: `${MAGENTO_SHA256}:salt:${versions}` }), versions).toBeUndefined();
    }
    expect(parse('magento2', { encoded: `${MAGENTO_SHA256}::1` })).toBeUndefined();
  });
});

describe("XenForo's records", () => {
  const record = (fields: string, count = 3) => ({ encoded: `a:${count}:{${fields}}` });
  const hash = `s:4:"hash";s:40:"${'0'.repeat(40)}";`;
  const func = 's:8:"hashFunc";s:4:"sha1";';

  test('are read only with lengths that agree, and only in the order that XenForo writes.', () => {
    expect(parse('xenforo', record(`${hash}s:4:"salt";s:4:"salt";${func}`))).toBeDefined();
    for (const fields of [
      `${hash}s:4:"salt";s:5:"salt";${func}`,
      `${hash}${func}s:4:"salt";s:4:"salt";`,
      `${hash.replace('40', '64')}s:4:"salt";s:4:"salt";${func}`,
      `${hash}s:4:"salt";s:4:"salt";s:8:"hashFunc";s:6:"sha256";`,
      `${hash}s:4:"salt";s:4:"salt";s:8:"hashFunc";s:6:"sha1";`,
      `${hash}s:4:"salt";O:8:"stdClass":0:{}${func}`,
    ]) {
      expect(parse('xenforo', record(fields)), fields).toBeUndefined();
    }
  });

  test('are named where they are not of that kind.', () => {
    expect(shape(record(`${hash}s:4:"salt";O:8:"stdClass":0:{}${func}`).encoded)).toContain('XenForo');
  });
});

describe("Firebase's scrypt", () => {
  const encoded = Buffer.alloc(64, 1).toString('base64');
  const key = Buffer.alloc(64, 2).toString('base64');
  const fault = (pepper?: string, salt: string | undefined = 'AAAA') =>
    parse('firebase-scrypt', { encoded, salt, ...(pepper === undefined ? {} : { pepper }) })?.outOfBounds;

  test('asks for the parameters of the project, and reads no others in their place.', () => {
    for (const pepper of [
      undefined,
      '',
      'not-a-key!',
      `hash_config { rounds: 8, base64_signer_key: ${key}`,
    ]) {
      expect(fault(pepper), pepper).toContain('hash_config');
    }
    const config = (fields: string) => fault(`hash_config { base64_signer_key: ${key}, ${fields} }`);
    expect(config('rounds: 8, mem_cost: 14,')).toBeUndefined();
    expect(config('algorithm: STANDARD_SCRYPT,')).toContain('hash_config');
    expect(config('memory: 14,')).toContain('hash_config');
    expect(config('mem_cost: 15,')).toContain('1 to 14');
    expect(config('rounds: 9,')).toContain('1 to 8');
    expect(fault(key.slice(0, 44))).toBeDefined();
    expect(fault(key)).toBeUndefined();
    expect(fault(key, 'not base64')).toContain('not base64');
  });

  test('never says the key.', () => {
    for (const pepper of [key.slice(1), `hash_config { ${key} }`, key.slice(0, 64)]) {
      expect(fault(pepper)).not.toContain(key.slice(4, 20));
    }
  });

  test('has a decoy that does the work without the parameters of the project.', () => {
    const decoy = parse('firebase-scrypt', { encoded, salt: 'AAAA', pepper: key })?.decoy() ?? '';
    const read = parse('firebase-scrypt', { encoded: decoy, salt: 'decoy', pepper: 'decoy' });
    expect(read).toMatchObject({
      cost: parse('firebase-scrypt', { encoded, salt: 'AAAA', pepper: key })?.cost,
    });
    expect(read?.outOfBounds).toBeUndefined();
  });
});

const SAMPLES = [
  `*${'A'.repeat(40)}`,
  `md5${'a'.repeat(32)}`,
  `S:${'A'.repeat(60)}`,
  `0x0100${'A'.repeat(48)}`,
  `0x0200${'A'.repeat(136)}`,
  `$episerver$*1*AAAA*${Buffer.alloc(32, 1).toString('base64')}`,
  `${'a'.repeat(64)}:salt:0:1`,
  `$PHPS$00$${'a'.repeat(32)}`,
  `:A:${'a'.repeat(32)}`,
  `:B:salt:${'a'.repeat(32)}`,
  `a:3:{s:4:"hash";s:40:"${'a'.repeat(40)}";s:4:"salt";s:4:"salt";s:8:"hashFunc";s:4:"sha1";}`,
  `$shiro1$SHA-1$2$$${Buffer.alloc(20, 1).toString('base64')}`,
  `{FSHP0|0|2}${Buffer.alloc(20, 1).toString('base64')}`,
  `$firescrypt$ln=2,r=1,p=1$AAAA$${Buffer.alloc(64, 1).toString('base64')}$Bw==$${Buffer.alloc(64, 2).toString('base64')}`,
  `$fbscrypt$v=1,n=2,r=1,p=1,ss=Bw==,sk=${Buffer.alloc(64, 1).toString('base64')}$AAAA$${Buffer.alloc(64, 2).toString('base64')}`,
];

test('What describes itself has a decoy of its own that is read and that no usual password matches.', async () => {
  for (const encoded of SAMPLES) {
    const readers = ALL_SCHEMES.filter((one) => one.selfDescribing && one.parse({ encoded, username: 'u' }));
    expect(readers, encoded).toHaveLength(1);
    const hash = readers[0]?.parse({ encoded, username: 'u' });
    const decoy = readers[0]?.parse({ encoded: hash?.decoy() ?? '', username: 'u' });
    expect(decoy?.cost, encoded).toBe(hash?.cost);
    expect(await decoy?.verify(Buffer.from('secret')), encoded).toBe(false);
  }
});

test('Values of these formats that were changed anywhere are read by one scheme at the most, and never throw.', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.constantFrom('0', '9999', '$', ':', '=', '"'),
  );
  const changed = fc
    .tuple(fc.constantFrom(...SAMPLES), fc.nat(250), piece, fc.nat(3))
    .map(([text, at, inserted, removed]) => text.slice(0, at) + inserted + text.slice(at + removed));
  fc.assert(
    fc.property(changed, fc.option(fc.string({ maxLength: 20 }), { nil: undefined }), (encoded, mixedIn) => {
      const stored = {
        encoded,
        ...(mixedIn === undefined ? {} : { salt: mixedIn, username: mixedIn, pepper: mixedIn }),
      };
      const readers = ALL_SCHEMES.filter((one) => {
        one.damage?.(encoded);
        return one.parse(stored) !== undefined && one.selfDescribing;
      });
      return readers.length <= 1;
    }),
    { numRuns: 3000 },
  );
});
