import { EXAMPLE } from './example.ts';
import { readSelfDescribed } from './identify/self-described.ts';
import { AUTO, findScheme } from './known-schemes.ts';
import type { Beside, Scheme, StoredHash } from './scheme.ts';

/** What is wrong with one entry of a list of schemes, for a message. */
export interface ListFault {
  /** Its place in the list. */
  readonly index: number;
  readonly message: string;
}

const PLAINTEXT = 'plaintext';

/**
 * What keeps a list of schemes from being read as it stands there: the order decides, and one scheme alone is tried on
 * a row. So `auto`, which takes only what names itself, comes first, and no entry may take all that a later one is there for.
 * Names that are none are passed over: `schemeNameFault` says so.
 */
export function schemeListFaults(names: readonly string[]): ListFault[] {
  return names.flatMap((name, index): ListFault[] => {
    if (name === AUTO) {
      return index === 0
        ? []
        : [{ index, message: 'auto must come first: it reads only what names its own scheme' }];
    }
    const scheme = findScheme(name);
    if (scheme === undefined) return [];
    if (scheme.name === PLAINTEXT && names.length > 1) return [{ index, message: NOT_PLAIN }];
    const before = names.slice(0, index).find((other) => readsAll(other, scheme));
    return before === undefined
      ? []
      : [{ index, message: `it would never be tried: ${before}, before it, reads the same values` }];
  });
}

const NOT_PLAIN =
  'plaintext cannot be one of several schemes: it would take a hash that no other reads for a password. Map a column ' +
  'that says which rows are not hashed, or make two directories with `where`';

/** By the later scheme's own example, with no more beside it than it asks for. */
function readsAll(earlier: string, later: Scheme): boolean {
  const stored: StoredHash = {
    encoded: later.about.example,
    ...Object.fromEntries((later.needs ?? []).map((what: Beside) => [what, EXAMPLE[what]])),
  };
  if (earlier === AUTO) return readSelfDescribed(stored) !== undefined;
  const scheme = findScheme(earlier);
  return scheme?.name === later.name || scheme?.parse(stored) !== undefined;
}
