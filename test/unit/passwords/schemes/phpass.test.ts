import { describe, expect, test } from 'vitest';
import { phpassSchemes } from '../../../../src/passwords/schemes/phpass.ts';

const [phpass, drupal7] = phpassSchemes;
const wordpress = (count = 'B', prefix = '$P$') => `${prefix}${count}abcdefgh${'.'.repeat(22)}`;
const drupal = (count = 'D', prefix = '$S$') => `${prefix}${count}abcdefgh${'.'.repeat(43)}`;

describe('phpass and what Drupal made of it', () => {
  test.each(['$P$', '$H$', 'U$P$', 'U$H$'])('reads %s.', (prefix) => {
    expect(phpass?.parse({ encoded: wordpress('B', prefix) })?.scheme).toBe('phpass');
    expect(drupal7?.parse({ encoded: wordpress('B', prefix) })).toBeUndefined();
  });

  test.each(['$S$', 'U$S$'])('reads %s.', (prefix) => {
    expect(drupal7?.parse({ encoded: drupal('D', prefix) })?.scheme).toBe('drupal7');
    expect(phpass?.parse({ encoded: drupal('D', prefix) })).toBeUndefined();
  });

  test.each([
    ['4', 6],
    ['I', 20],
    ['S', 30],
    ['z', 63],
  ])('refuses the rounds of %s, 2^%d.', (count, log2) => {
    const sentence = `rounds are 2^${log2}; verified are 2^7 to 2^19.`;
    expect(phpass?.parse({ encoded: wordpress(count) })?.outOfBounds).toContain(sentence);
    expect(drupal7?.parse({ encoded: drupal(count) })?.outOfBounds).toContain(sentence);
  });

  test.each([
    [
      wordpress().slice(0, -1),
      'phpass, but not whole (33 characters): the column or the export cut it, or changed it',
    ],
    [`${wordpress()} `, 'phpass, but followed by blanks: a CHAR column pads, so map a trimmed one'],
    [
      `${wordpress().slice(0, -1)}z`,
      'phpass, but not whole (34 characters): the column or the export cut it, or changed it',
    ],
    [
      drupal().slice(0, 50),
      'drupal7, but not whole (50 characters): the column or the export cut it, or changed it',
    ],
    ['$P$', 'phpass, but not whole (3 characters): the column or the export cut it, or changed it'],
    ['U$S$', 'drupal7, but not whole (4 characters): the column or the export cut it, or changed it'],
  ])('does not read %s and says why.', (encoded, reason) => {
    for (const scheme of phpassSchemes) expect(scheme.parse({ encoded })).toBeUndefined();
    expect(phpassSchemes.map((scheme) => scheme.damage?.(encoded)).filter((said) => said)).toEqual([reason]);
  });

  test('refuses a password longer than the software takes, though its beginning matches.', async () => {
    const hash = phpass?.parse({ encoded: wordpress('7') });
    expect(await hash?.verify(Buffer.alloc(4097, 'x'))).toBe(false);
    expect(hash?.lossy(Buffer.alloc(4097, 'x'))).toBe(false);
  });

  test('has a decoy of the same cost that it reads itself.', () => {
    for (const [scheme, encoded] of [
      [phpass, wordpress()],
      [drupal7, drupal('E')],
    ] as const) {
      const hash = scheme?.parse({ encoded });
      expect(scheme?.parse({ encoded: hash?.decoy() ?? '' })?.cost).toBe(hash?.cost);
    }
  });
});
