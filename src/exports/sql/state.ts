import type { Grammar } from './grammar.ts';
import type { RowTarget } from './row-target.ts';
import type { Tables } from './tables.ts';
import type { Window } from './window.ts';

/** What stands at the window's place. */
export type Mode =
  | { readonly kind: 'statement' }
  | { readonly kind: 'rows'; readonly target: RowTarget }
  | { readonly kind: 'copy'; readonly target: RowTarget | undefined }
  /** Within something that was too large; to be left at the next firm ground. */
  | { readonly kind: 'lost' };

export interface SqlState {
  readonly window: Window;
  readonly grammar: Grammar;
  readonly tables: Tables;
  /** The operator named the charset: the dump's own word does not count. */
  readonly fixedCharset: boolean;
  mode: Mode;
  /** Between two rows of an INSERT. */
  afterRow: boolean;
}
