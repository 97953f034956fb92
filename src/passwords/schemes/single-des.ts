import { createCipheriv } from 'node:crypto';
import { judgeDes } from '../judgement.ts';
import type { Scheme } from '../scheme.ts';
import { besideFault } from './beside-fault.ts';
import { comparedDigest } from './compared-digest.ts';
import { passwordText } from './password-text.ts';

const BLOCK_BYTES = 8;
const judgement = judgeDes(1);

/** OpenSSL has no single DES any more; three times the same key is the same. */
function des(mode: 'ecb' | 'cbc', key: Uint8Array, data: Uint8Array): Buffer {
  const iv = mode === 'ecb' ? null : Buffer.alloc(BLOCK_BYTES);
  const name = mode === 'ecb' ? 'des-ede3' : 'des-ede3-cbc';
  const cipher = createCipheriv(mode === 'ecb' ? `${name}-ecb` : name, Buffer.concat([key, key, key]), iv);
  cipher.setAutoPadding(false);
  return cipher.update(data);
}

const LM_BYTES = 14;
const LM_TEXT = Buffer.from('KGS!@#$%', 'latin1');

/**
 * LM of Windows before NT, LAN Manager and old Samba: the password in capitals, cut to 14 bytes, each half a key of
 * DES. The code page of those machines is not stored: what is not ASCII matches nothing.
 */
export const lmhash: Scheme = {
  name: 'lmhash',
  aliases: ['lanman'],
  about: {
    foundIn: 'Windows before NT and Samba with LM: sambaLMPassword, smbpasswd',
    example: '30b152d318ad78a10115ade0cda51b1f',
    ignores: 'whether letters are capitals, and everything past 14 characters',
  },
  selfDescribing: false,

  parse({ encoded }) {
    if (!/^[0-9a-f]{32}$/i.test(encoded)) return undefined;
    return comparedDigest({
      scheme: 'lmhash',
      parameters: { cipher: 'DES' },
      judgement,
      expected: Buffer.from(encoded, 'hex'),
      compute(password) {
        if (password.some((byte) => byte > 127)) return undefined;
        const text = Buffer.alloc(LM_BYTES);
        text.write(Buffer.from(password).toString('latin1').toUpperCase(), 'latin1');
        return Buffer.concat(
          [text.subarray(0, 7), text.subarray(7)].map((half) => des('ecb', spread(half), LM_TEXT)),
        );
      },
      lossy: (password) =>
        password.length > LM_BYTES || /[a-z]/i.test(Buffer.from(password).toString('latin1')),
      decoy: '0'.repeat(32),
    });
  },
};

/** Seven bytes as eight of seven bits, in the upper bits. */
function spread(half: Uint8Array): Buffer {
  const bits = [...half].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Buffer.from((bits.match(/.{7}/g) ?? []).map((seven) => Number.parseInt(seven, 2) << 1));
}

const ORACLE_KEY = Buffer.from('0123456789abcdef', 'hex');

/** Oracle before 11g: name and password in capitals and UTF-16, twice through DES in CBC mode; the last block is kept. */
export const oracle10: Scheme = {
  name: 'oracle10',
  aliases: ['oracle10g', 'oracle7'],
  about: {
    foundIn: 'Oracle Database 7 to 10g: SYS.USER$.PASSWORD, with the name of the user',
    example: '88A4551F11582ACE',
    ignores: 'whether letters are capitals',
  },
  needs: ['username'],
  selfDescribing: false,

  parse({ encoded, username }) {
    if (!/^[0-9a-f]{16}$/i.test(encoded)) return undefined;
    return comparedDigest({
      scheme: 'oracle10',
      parameters: { cipher: 'DES' },
      judgement,
      outOfBounds: besideFault('oracle10', 'username', username),
      expected: Buffer.from(encoded, 'hex'),
      compute(password) {
        const text = passwordText(password);
        // Neither a name nor a password: Oracle has no such account, and DES nothing to work on.
        if (text === undefined || `${username ?? ''}${text}` === '') return undefined;
        const wide = Buffer.from(`${username ?? ''}${text}`.toUpperCase(), 'utf16le').swap16();
        const padded = Buffer.concat([wide, Buffer.alloc(-wide.length & (BLOCK_BYTES - 1))]);
        const key = des('cbc', ORACLE_KEY, padded).subarray(-BLOCK_BYTES);
        return des('cbc', key, padded).subarray(-BLOCK_BYTES);
      },
      lossy: (password) => {
        const text = passwordText(password) ?? '';
        return text.toUpperCase() !== text.toLowerCase();
      },
      decoy: '0'.repeat(16),
    });
  },
};
