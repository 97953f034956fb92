import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_DECOY } from '../../../src/passwords/pool/decoy.ts';
import { verify } from '../../../src/passwords/pool/verify.ts';
import { programFromDebian } from '../../support/debian-package.ts';

const NO_DECOY = { ...DEFAULT_DECOY, cost: 0 };
type Row = Omit<Parameters<typeof verify>[0]['credential'], 'scheme'> & { readonly scheme?: string };

async function answer(row: Row, password: Buffer) {
  const credential = { scheme: 'auto', ...row };
  const { verdict } = await verify({ credential, password, refused: false, decoy: NO_DECOY });
  return verdict.kind === 'match' ? (verdict.lossy ? 'lossy match' : 'match') : verdict.kind;
}

let php: string;
beforeAll(() => {
  php = programFromDebian('php', 'php-cli');
});

/** Runs PHP over bytes that are no text, which an argument cannot hold. */
const byPhp = (code: string, password: Buffer, encoded = '') =>
  execFileSync(
    php,
    ['-r', `$p = hex2bin($argv[1]); $h = $argv[2] ?? ''; ${code}`, password.toString('hex'), encoded],
    {
      encoding: 'utf8',
    },
  );

const INVALID_UTF8 = Buffer.from('70e4737377f67264', 'hex');
const LONE_SURROGATE = Buffer.from('61eda08062', 'hex');
const CUT_CHARACTER = Buffer.from('61f09f94', 'hex');

describe("PHP's password_verify", () => {
  test.each([INVALID_UTF8, LONE_SURROGATE, CUT_CHARACTER])(
    'takes bytes that are no text as they are, in bcrypt and argon2: %j.',
    async (password) => {
      for (const made of ["PASSWORD_BCRYPT, ['cost' => 4]", "PASSWORD_ARGON2ID, ['memory_cost' => 1024]"]) {
        const encoded = byPhp(`echo password_hash($p, ${made});`, password);
        expect(await answer({ encoded }, password)).toBe('match');
        expect(await answer({ encoded }, Buffer.from(password.toString('utf8')))).toBe('mismatch');
      }
    },
  );

  test('ends at a NUL in crypt(3) and bcrypt, where a match is lossy here; not in argon2.', async () => {
    const [typed, start] = [Buffer.from('secret\0more'), Buffer.from('secret')];
    const bcrypt = byPhp("echo crypt($p, '$2y$04$abcdefghijklmnopqrstuu');", start);
    const verified = byPhp('echo json_encode(password_verify($p, $h));', typed, bcrypt);
    // Newer versions of PHP refuse a NUL; what an older one has let in is let in here, and not copied.
    expect(['true', 'false']).toContain(verified);
    expect(await answer({ encoded: bcrypt }, typed)).toBe('lossy match');
    const argon2 = byPhp("echo password_hash($p, PASSWORD_ARGON2ID, ['memory_cost' => 1024]);", typed);
    expect(await answer({ encoded: argon2 }, typed)).toBe('match');
    expect(await answer({ encoded: argon2 }, start)).toBe('mismatch');
  });

  test('never takes a password that begins with NUL for the empty one.', async () => {
    const ofEmpty = byPhp("echo password_hash('', PASSWORD_BCRYPT, ['cost' => 4]);", Buffer.alloc(0));
    expect(await answer({ encoded: ofEmpty }, Buffer.from('\0anything'))).toBe('mismatch');
  });
});

describe("PHP's md5() and hash()", () => {
  test('hash every byte, NUL and bytes that are no text among them.', async () => {
    for (const password of [INVALID_UTF8, LONE_SURROGATE, Buffer.from('a\0b')]) {
      expect(await answer({ encoded: byPhp('echo md5($p);', password), scheme: 'md5' }, password)).toBe(
        'match',
      );
      expect(
        await answer({ encoded: byPhp("echo hash('sha256', $p);", password), scheme: 'sha256' }, password),
      ).toBe('match');
    }
    const ofStart = byPhp('echo md5($p);', Buffer.from('a'));
    expect(await answer({ encoded: ofStart, scheme: 'md5' }, Buffer.from('a\0b'))).toBe('mismatch');
  });

  test('of utf8_decode() are latin1, and what it makes a question mark of matches nobody.', async () => {
    const decoded = (text: string) => byPhp('echo md5(@utf8_decode($p));', Buffer.from(text));
    const row = (encoded: string) => ({ encoded, scheme: 'md5', charset: 'latin1' as const });
    expect(await answer(row(decoded('pässwörd')), Buffer.from('pässwörd'))).toBe('match');
    expect(decoded('5 €')).toBe(decoded('5 ?'));
    expect(await answer(row(decoded('5 €')), Buffer.from('5 €'))).toBe('mismatch');
    expect(await answer(row(decoded('pässwörd')), INVALID_UTF8)).toBe('mismatch');
  });
});

describe('WordPress', () => {
  test('before 6.8 (phpass) hashes every byte, NUL and no text among them; from 6.8 on it trims.', async () => {
    const code =
      "$s='abcdefgh'; $x=md5($s.$p,true); for($i=0;$i<256;$i++) $x=md5($x.$p,true); $a='./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'; $o='';" +
      'for($i=0;$i<16;$i+=3){$v=ord($x[$i]);$n=1;if($i+1<16){$v|=ord($x[$i+1])<<8;$n=2;}if($i+2<16){$v|=ord($x[$i+2])<<16;$n=3;}for($k=0;$k<=$n;$k++)$o.=$a[($v>>(6*$k))&63];} echo "\\$P\\$6".$s.$o;';
    for (const password of [INVALID_UTF8, Buffer.from('a\0b')]) {
      expect(await answer({ encoded: byPhp(code, password) }, password)).toBe('match');
    }
    const since68 =
      "echo '$wp'.password_hash(base64_encode(hash_hmac('sha384', trim($p), 'wp-sha384', true)), PASSWORD_BCRYPT, ['cost' => 4]);";
    const encoded = byPhp(since68, Buffer.from(' secret\0'));
    expect(await answer({ encoded }, Buffer.from('secret'))).toBe('match');
    expect(await answer({ encoded }, Buffer.from(' secret\0'))).toBe('lossy match');
  });
});

describe('Python', () => {
  const python = (code: string, password: Buffer) =>
    execFileSync(
      'python3',
      ['-c', `import sys, hashlib; p = bytes.fromhex(sys.argv[1]); ${code}`, password.toString('hex')],
      {
        encoding: 'utf8',
      },
    ).trim();

  test('cannot write a lone surrogate in UTF-8, so that Django never had one; hashlib hashes any byte.', async () => {
    const raised = "\ntry: '\\ud800'.encode()\nexcept UnicodeEncodeError: print('raised')";
    expect(python(raised, Buffer.alloc(0))).toBe('raised');
    for (const password of [INVALID_UTF8, Buffer.from('a\0b')]) {
      const code =
        "import base64; print('pbkdf2_sha256$1000$salt$' + base64.b64encode(hashlib.pbkdf2_hmac('sha256', p, b'salt', 1000)).decode())";
      expect(await answer({ encoded: python(code, password) }, password)).toBe('match');
    }
  });

  test('encodes utf-16-le and cp1252 like the charsets of the same name.', async () => {
    const text = Buffer.from('pässwörd');
    for (const [codec, charset] of [
      ['utf-16-le', 'utf16le'],
      ['cp1252', 'cp1252'],
      ['latin-1', 'latin1'],
    ] as const) {
      const encoded = python(`print(hashlib.sha1(p.decode().encode('${codec}')).hexdigest())`, text);
      expect(await answer({ encoded, scheme: 'sha1', charset }, text)).toBe('match');
      expect(await answer({ encoded, scheme: 'sha1' }, text)).toBe('mismatch');
    }
  });
});

describe("Perl's crypt, which is libxcrypt's", () => {
  const perl = (password: Buffer, setting: string) =>
    execFileSync(
      'perl',
      ['-e', 'print crypt(pack("H*", $ARGV[0]), $ARGV[1])', password.toString('hex'), setting],
      {
        encoding: 'utf8',
      },
    );

  test.each(['$6$rounds=1000$salt', '$5$rounds=1000$salt', '$1$salt', 'ab'])(
    'with the setting %s ends at a NUL, and takes bytes that are no text.',
    async (setting) => {
      const scheme = setting === 'ab' ? 'descrypt' : 'auto';
      const typed = Buffer.from('se\0cret');
      expect(await answer({ encoded: perl(typed, setting), scheme }, typed)).toBe('lossy match');
      expect(await answer({ encoded: perl(typed, setting), scheme }, Buffer.from('se'))).toBe('match');
      const encoded = perl(INVALID_UTF8, setting);
      expect(await answer({ encoded, scheme }, INVALID_UTF8)).toBe(
        setting === 'ab' ? 'lossy match' : 'match',
      );
    },
  );
});
