import { type Cell, textOf } from '../../domain/cell.ts';
import type { AttributeValue } from '../../domain/user-profile.ts';
import { MAX_ATTRIBUTES_TEXT, MAX_TEXT } from './bounds.ts';
import { isoDateOf } from './calendar-dates.ts';
import { listOf } from './lists.ts';
import type { AttributeSource } from './profile-options.ts';
import type { Reading } from './reading.ts';
import { cellIn, dressOf, mapped, momentOfSource } from './sources.ts';
import { answerOf } from './truth.ts';

type Typed = Extract<AttributeSource, { column: string }>;

/** What the operator calls by names of their own; undefined where the row says nothing of any. */
export function readAttributes(reading: Reading): Readonly<Record<string, AttributeValue>> | undefined {
  const found: Record<string, AttributeValue> = {};
  let length = 0;
  for (const [name, source] of Object.entries(reading.options.attributes?.map ?? {})) {
    const value = attributeOf(reading, `attributes.${name}`, source);
    if (value === undefined) continue;
    length += JSON.stringify(value).length + name.length;
    if (length > MAX_ATTRIBUTES_TEXT) reading.leftOut(`attributes.${name}`, 'too long');
    else found[name] = value;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

function attributeOf(reading: Reading, claim: string, source: AttributeSource): AttributeValue | undefined {
  if (typeof source === 'object' && 'value' in source) return source.value;
  const typed: Typed = typeof source === 'string' ? { column: source, type: 'text', list: 'comma' } : source;
  const dress = { column: typed.column, format: typed.format, timeZone: typed.timeZone };
  switch (typed.type) {
    case 'list':
      return wordsOf(reading, claim, typed);
    case 'timestamp':
      return momentOfSource(reading, dress);
    case 'date':
      return isoDateOf(cellIn(reading, typed.column), dressOf(reading, dress));
    case 'boolean': {
      const value = meantBy(reading, typed);
      return typeof value === 'boolean' ? value : booleanOf(value, typed);
    }
    case 'number':
      return numberOf(reading, claim, meantBy(reading, typed));
    case 'text':
      return boundedText(reading, claim, textOf(meantBy(reading, typed)));
  }
}

function meantBy(reading: Reading, { column, map }: Typed): Cell | undefined {
  const cell = cellIn(reading, column);
  return map === undefined ? cell : mapped(map, cell);
}

function wordsOf(reading: Reading, claim: string, { column, list, map }: Typed) {
  const words = map && Object.fromEntries(Object.entries(map).map(([word, meant]) => [word, String(meant)]));
  return listOf(reading, claim, { column, list, ...(words === undefined ? {} : { map: words }) });
}

function boundedText({ leftOut }: Reading, claim: string, text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  if (text.length <= MAX_TEXT) return text;
  leftOut(claim, 'too long');
  return undefined;
}

/** NULL is not a no here: nobody asked the person. */
function booleanOf(cell: Cell | undefined, lists: Typed): boolean | undefined {
  const listsNull = [...(lists.yes ?? []), ...(lists.no ?? [])].includes(null);
  if ((cell === null || cell === undefined) && !listsNull) return undefined;
  const answer = answerOf(cell, lists);
  return answer === 'unknown' ? undefined : answer === 'yes';
}

function numberOf(reading: Reading, claim: string, cell: Cell | undefined): number | undefined {
  const text = textOf(cell)?.trim() ?? '';
  if (text === '') return undefined;
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : Number.NaN;
  // Beyond this a number in JSON would be another one: such a column is text.
  if (Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER) return number;
  reading.leftOut(claim, 'no number');
  return undefined;
}
