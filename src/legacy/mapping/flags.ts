import type { Reading } from './reading.ts';
import type { FlagSource } from './source-options.ts';
import { cellIn } from './sources.ts';
import { type Answer, answerOf } from './truth.ts';

/** What a column or a constant answers. A column that cannot be read as either is `unknown`: the caller decides. */
export function flagOf(reading: Reading, source: FlagSource): Answer {
  if (typeof source === 'string') return answerOf(cellIn(reading, source));
  if ('value' in source) return source.value ? 'yes' : 'no';
  if (source.present === true) return answerOf(reading.row.present?.get(source.column));
  return answerOf(cellIn(reading, source.column), source);
}
