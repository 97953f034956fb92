import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { transcode } from '../../../../src/passwords/charsets/transcode.ts';
import { findScheme } from '../../../../src/passwords/known-schemes.ts';

const bytesOf = (text: string, charset: Parameters<typeof transcode>[1]) => {
  const { bytes, faithful } = transcode(Buffer.from(text), charset);
  return faithful ? Buffer.from(bytes).toString('hex') : 'nothing matches';
};

describe('A password in the charset of the legacy app', () => {
  test('stays as it is in UTF-8, whatever its bytes are.', () => {
    const bytes = Buffer.of(0, 0xff, 0xef, 0xbb, 0xbf);
    expect(transcode(bytes, 'utf8')).toEqual({ bytes, faithful: true });
  });

  test('has the bytes that browsers send for a page in windows-1252 or latin1.', () => {
    expect(bytesOf('pässwörd', 'cp1252')).toBe('70e4737377f67264');
    expect(bytesOf('€“\u0081', 'cp1252')).toBe('809381');
  });

  test('has the character references that browsers send for what such a page cannot say.', () => {
    expect(bytesOf('п🔐', 'cp1252')).toBe(Buffer.from('&#1087;&#128272;').toString('hex'));
  });

  test('has the bytes of PHP utf8_decode() in latin1, and none where that writes a question mark.', () => {
    expect(bytesOf('pässwörd', 'latin1')).toBe('70e4737377f67264');
    expect(bytesOf('\u0080', 'latin1')).toBe('80');
    expect(bytesOf('5 €', 'latin1')).toBe('nothing matches');
    expect(bytesOf('\u{1f510}', 'latin1')).toBe('nothing matches');
  });

  test('has the bytes of .NET Encoding.Unicode in utf16le.', () => {
    expect(bytesOf('aé🔐', 'utf16le')).toBe('6100e9003dd810dd');
    expect(bytesOf('\ufeffa', 'utf16le')).toBe('fffe6100');
  });

  test('does not exist where what was typed is not UTF-8: a byte, a lone surrogate, a cut character.', () => {
    for (const bytes of [Buffer.of(0xe4), Buffer.from('eda080', 'hex'), Buffer.from('f09f94', 'hex')]) {
      for (const charset of ['latin1', 'cp1252', 'utf16le'] as const)
        expect(transcode(bytes, charset).faithful).toBe(false);
    }
  });

  test('matches nothing inside a recipe either where it does not exist.', async () => {
    const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');
    const euro = Buffer.from('€', 'latin1');
    const hash = findScheme('md5(latin1($pass))')?.parse({ encoded: md5(euro) });
    expect(await hash?.verify(Buffer.from('€'))).toBe(false);
    expect(await hash?.verify(Buffer.from(String.fromCharCode(0xac)))).toBe(true);
  });
});
