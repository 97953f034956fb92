/** A value as a database driver hands it over. */
export type Cell = string | number | bigint | boolean | Uint8Array | null;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A cell as text: numbers in decimal, booleans as `1` and `0`, bytes as UTF-8 where they are UTF-8, else in hex.
 *
 * @returns undefined for NULL
 */
export function textOf(cell: Cell | undefined): string | undefined {
  if (cell === null || cell === undefined) return undefined;
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  if (!(cell instanceof Uint8Array)) return String(cell);
  try {
    return strictUtf8.decode(cell);
  } catch {
    return Buffer.from(cell).toString('hex');
  }
}
