import { type Cell, textOf } from '../../domain/cell.ts';

/**
 * A password or salt as text. A binary column may hold either the text of a hash (`VARBINARY` with `$2y$...`) or the
 * raw bytes of a digest: printable ASCII is read as text, anything else is written in hex, as the schemes expect
 * digests. The NULs that pad a `BINARY(n)` are not part of a text.
 */
export function secretTextOf(cell: Cell | undefined): string {
  if (!(cell instanceof Uint8Array)) return textOf(cell) ?? '';
  const text = Buffer.from(cell).toString('latin1').replace(/\0+$/, '');
  return /^[\x20-\x7e]*$/.test(text) ? text : Buffer.from(cell).toString('hex');
}

/**
 * A primary key as text. Bytes are always hex, so that the way back (see `findById`) is the same for every row.
 *
 * @returns undefined for NULL and for the empty key, which name nobody
 */
export function keyTextOf(cell: Cell | undefined): string | undefined {
  const text = cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : textOf(cell);
  return text === '' ? undefined : text;
}
