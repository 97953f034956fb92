import { ALL_SCHEMES } from '../schemes/all.ts';
import { isWhole } from './group.ts';
import type { Question } from './question.ts';
import { targetsOf } from './target.ts';

const SELF_DESCRIBING = ALL_SCHEMES.filter(({ selfDescribing }) => selfDescribing);

/**
 * The columns whose value names a format and is damaged: no search can verify what is not there. A whole digest behind
 * a prefix that only looks like a format's is another app's own layout, and is searched.
 */
export function damageIn({ row, passwordColumns }: Question): { column: string; damage: string }[] {
  return passwordColumns.flatMap((column) => {
    const encoded = row[column] ?? '';
    if (SELF_DESCRIBING.some((scheme) => scheme.parse({ encoded }) !== undefined)) return [];
    const damage = SELF_DESCRIBING.map((scheme) => scheme.damage?.(encoded)).find((one) => one !== undefined);
    if (damage === undefined || holdsWholeDigest(column, encoded)) return [];
    return [{ column, damage }];
  });
}

const holdsWholeDigest = (column: string, encoded: string) =>
  targetsOf(column, encoded).some(
    ({ digest, encoding, salt }) =>
      encoding === 'hex' &&
      isWhole({ bytes: digest.length }) &&
      (salt === undefined || salt.separator !== '') &&
      encoded.toLowerCase().includes(digest.toString('hex')),
  );
