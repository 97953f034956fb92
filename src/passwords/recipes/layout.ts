import type { RecipeNode } from './parse.ts';
import { type Output, readOutput } from './part.ts';
import { RecipeError } from './recipe-error.ts';

/** What stands around the digest in the password column. */
export interface Layout {
  /** Literal text at the beginning and at the end of the value. */
  readonly before: string;
  readonly behind: string;
  /** The salt stands in the same column, with literal text between it and the digest. */
  readonly salt?: { readonly place: 'before' | 'behind'; readonly separator: string };
}

/** A salt for a value that nobody's password matches; hexadecimal and base64 as well. */
const DECOY_SALT = 'dec0dec0';

export const noDigest = (offset: number) =>
  new RecipeError(
    'what is stored must be a digest, with quoted text and $salt beside it at most: put a function such as md5(...) around the whole',
    offset,
  );

/**
 * Reads what stands beside the digest: `'md5'.md5($pass)`, `md5($salt.$pass).':'.$salt`.
 *
 * @throws RecipeError for anything but quoted text and one `$salt`
 */
export function layoutOf(parts: readonly RecipeNode[], core: RecipeNode): Layout {
  const index = parts.indexOf(core);
  const [left, right] = [sideOf(parts.slice(0, index)), sideOf(parts.slice(index + 1))];
  if (left.hasSalt && right.hasSalt) throw noDigest(core.offset);
  if (left.hasSalt) {
    return { before: left.first, behind: right.first, salt: { place: 'before', separator: left.second } };
  }
  if (right.hasSalt) {
    return { before: left.first, behind: right.second, salt: { place: 'behind', separator: right.first } };
  }
  return { before: left.first, behind: right.first };
}

/** The text of one side: all of it in `first` without a salt, and else what is left and right of the salt. */
function sideOf(parts: readonly RecipeNode[]): { first: string; second: string; hasSalt: boolean } {
  const texts = ['', ''];
  let hasSalt = false;
  for (const part of parts) {
    if (part.kind === 'literal') texts[hasSalt ? 1 : 0] += part.bytes.toString('utf8');
    else if (part.kind === 'variable' && part.name === 'salt' && !hasSalt) hasSalt = true;
    else throw noDigest(part.offset);
  }
  return { first: texts[0] ?? '', second: texts[1] ?? '', hasSalt };
}

/** @returns undefined when the value is not laid out like this; `text` is the digest as it stands there, and `salt` where it does */
export function readLayout(
  { before, behind, salt }: Layout,
  encoded: string,
  output: Output,
): { readonly expected: Buffer; readonly text: string; readonly salt?: string } | undefined {
  if (!encoded.startsWith(before) || !encoded.slice(before.length).endsWith(behind)) return undefined;
  const text = encoded.slice(before.length, encoded.length - behind.length);
  if (salt === undefined) {
    const expected = readOutput(text, output);
    return expected === undefined ? undefined : { expected, text };
  }
  for (const length of lengthsOf(output)) {
    const found = splitAt(text, length, salt);
    const expected = found && readOutput(found.digest, output);
    if (expected !== undefined) return { expected, text: found?.digest ?? '', salt: found?.salt ?? '' };
  }
  return undefined;
}

function splitAt(text: string, length: number, { place, separator }: NonNullable<Layout['salt']>) {
  const end = length + separator.length;
  if (text.length < end) return undefined;
  if (place === 'behind') {
    if (!text.startsWith(separator, length)) return undefined;
    return { digest: text.slice(0, length), salt: text.slice(end) };
  }
  if (!text.startsWith(separator, text.length - end)) return undefined;
  return { digest: text.slice(text.length - length), salt: text.slice(0, text.length - end) };
}

/** A value of this layout with this text for its digest, and for its salt where that stands in the value. */
export function writeLayout({ before, behind, salt }: Layout, digest: string, saltText = DECOY_SALT): string {
  if (salt === undefined) return before + digest + behind;
  return salt.place === 'behind'
    ? before + digest + salt.separator + saltText + behind
    : before + saltText + salt.separator + digest + behind;
}

/** How many characters the digest may take, hexadecimal first; a value is never read in two ways. */
function lengthsOf({ encoding, bytes }: Output): number[] {
  const [padded, bare] = [4 * Math.ceil(bytes / 3), Math.ceil((4 * bytes) / 3)];
  return [...(encoding === 'base64' ? [] : [2 * bytes]), padded, ...(bare === padded ? [] : [bare])];
}
