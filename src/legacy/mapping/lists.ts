import { textOf } from '../../domain/cell.ts';
import { isJsonObject, parseBoundedJson } from './bounded-json.ts';
import { MAX_LIST, MAX_LIST_TEXT, MAX_READ, MAX_TEXT } from './bounds.ts';
import type { Reading } from './reading.ts';
import type { ListSource } from './source-options.ts';
import { cellIn, mapped, rowsBehind, unlessNullWord } from './sources.ts';

export type ListFormat = 'comma' | 'space' | 'lines' | 'json' | 'php';

const SEPARATORS = { comma: /[,;|]/, space: /\s+/, lines: /\r?\n/ };
/** `serialize()` of PHP: WordPress writes the roles as the names of an array whose values are true. */
const PHP_FLAG = /s:\d{1,5}:"([^"]{1,255})";b:1;/g;
const PHP_VALUE = /i:\d{1,9};s:\d{1,5}:"([^"]{1,255})";/g;

/**
 * Several words: groups, roles, the words of an attribute. Each once, in the order of the table; those of a join with
 * `many` sorted, since a database gives rows in no order of its own.
 *
 * @returns undefined where the row says nothing
 */
export function listOf(reading: Reading, claim: string, source: ListSource): readonly string[] | undefined {
  if (typeof source === 'object' && 'value' in source) return source.value;
  const { column, list, map } =
    typeof source === 'string' ? { column: source, list: 'comma' as const, map: undefined } : source;
  const rows = rowsBehind(reading, column);
  const cells =
    rows === undefined
      ? [cellIn(reading, column)]
      : rows.map(({ values }) => unlessNullWord(reading.options, values.get(column)));
  const texts = cells.map((cell) => textOf(cell)?.trim() ?? '').filter((text) => text !== '');
  // A row of a join is one word, whatever is in it, unless the options say that it holds several.
  const single = rows !== undefined && list === 'comma';
  const words = single ? texts : texts.flatMap((text) => wordsOf(text, list) ?? fault(reading, claim, text));
  const meant = map === undefined ? words : words.flatMap((word) => mapped(map, word) ?? []);
  const unique = [...new Set(meant)];
  return bounded(reading, claim, rows === undefined ? unique : unique.sort());
}

/** @returns undefined for a text that is not of this format */
export function wordsOf(text: string, format: ListFormat): string[] | undefined {
  if (text.length >= MAX_READ) return undefined;
  const words = split(text, format)?.map((word) => word.trim());
  return words?.filter((word) => word !== '');
}

function split(text: string, format: ListFormat): string[] | undefined {
  if (format === 'php') {
    if (!/^a:\d{1,4}:\{.*\}$/s.test(text)) return undefined;
    return [PHP_FLAG, PHP_VALUE].flatMap((pattern) =>
      [...text.matchAll(pattern)].map(([, word = '']) => word),
    );
  }
  if (format !== 'json') return text.split(SEPARATORS[format]);
  const value = parseBoundedJson(text);
  if (Array.isArray(value)) {
    return value.flatMap((one) => (typeof one === 'string' || typeof one === 'number' ? [String(one)] : []));
  }
  // `{"admin": true, "editor": false}`
  if (!isJsonObject(value)) return typeof value === 'string' ? [value] : undefined;
  return Object.entries(value).flatMap(([word, holds]) => (holds === true || holds === 1 ? [word] : []));
}

function fault({ leftOut }: Reading, claim: string, text: string): string[] {
  leftOut(claim, text.length >= MAX_READ ? 'too long' : 'no list');
  return [];
}

/** Half of a list could be the half without `blocked`: one that is too long is left out as a whole. */
function bounded({ leftOut }: Reading, claim: string, words: string[]): string[] | undefined {
  if (words.length === 0) return undefined;
  const length = words.reduce((sum, word) => sum + word.length, 0);
  if (words.length <= MAX_LIST && length <= MAX_LIST_TEXT && words.every((word) => word.length <= MAX_TEXT)) {
    return words;
  }
  leftOut(claim, words.length > MAX_LIST ? 'too many' : 'too long');
  return undefined;
}
