import { DIGESTS } from '../recipes/digests.ts';

/** One way to write a value in a recipe, and the columns and the pepper that its variables stand for. */
export interface Spelling {
  readonly text: string;
  readonly salt?: string;
  readonly username?: string;
  /** The place of the pepper in the question. */
  readonly pepper?: number;
}

/** A value that the search puts into digests, with every way to write it: two columns may hold the same. */
export interface Term {
  readonly bytes: Buffer;
  readonly spellings: readonly Spelling[];
}

export const term = (text: string, bytes: Uint8Array, of: Omit<Spelling, 'text'> = {}): Term => ({
  bytes: Buffer.from(bytes),
  spellings: [{ ...of, text }],
});

/** Each value once, with all its spellings, the simplest first; nothing empty. */
export function distinct(terms: readonly Term[]): Term[] {
  const byValue = new Map<string, Term>();
  for (const one of terms) {
    if (one.bytes.length === 0) continue;
    const key = one.bytes.toString('latin1');
    const known = byValue.get(key);
    const spellings = [...(known?.spellings ?? []), ...one.spellings];
    byValue.set(key, {
      bytes: one.bytes,
      spellings: [...new Map(spellings.map((spelling) => [JSON.stringify(spelling), spelling])).values()],
    });
  }
  return [...byValue.values()];
}

/** A column as it stands before what is made of it: `$salt`, then `unhex($salt)`, and `lower($salt)` not at all. */
export function plainest(terms: readonly Term[]): Term[] {
  const depth = ({ spellings }: Term) =>
    Math.min(...spellings.map(({ text }) => (text.startsWith('$') ? 0 : text.startsWith('un') ? 1 : 2)));
  return terms
    .map((one) => ({ one, depth: depth(one) }))
    .filter((entry) => entry.depth < 2)
    .sort((a, b) => a.depth - b.depth)
    .map(({ one }) => one);
}

/** The forms in which software writes a digest before it hashes it again. */
const FORMS = {
  hex: (digest: Buffer) => Buffer.from(digest.toString('hex'), 'latin1'),
  raw: (digest: Buffer) => digest,
  base64: (digest: Buffer) => Buffer.from(digest.toString('base64'), 'latin1'),
  upper: (digest: Buffer) => Buffer.from(digest.toString('hex').toUpperCase(), 'latin1'),
} as const;
export type Form = keyof typeof FORMS;

export const TEXT_FORMS: readonly Form[] = ['hex'];
export const USUAL_FORMS: readonly Form[] = ['hex', 'raw'];
export const ALL_FORMS: readonly Form[] = ['hex', 'raw', 'base64', 'upper'];

const WRITTEN: Record<Form, (digest: string, argument: string) => string> = {
  hex: (digest, argument) => `${digest}(${argument})`,
  raw: (digest, argument) => `${digest}_bin(${argument})`,
  base64: (digest, argument) => `base64(${digest}_bin(${argument}))`,
  upper: (digest, argument) => `upper(${digest}(${argument}))`,
};

/** The digests of these values, in these forms. */
export function digestsOf(
  terms: readonly Term[],
  names: readonly string[],
  forms: readonly Form[],
  compute = digestBy,
): Term[] {
  return terms.flatMap(({ bytes, spellings }) =>
    names.flatMap((name) => {
      const digest = compute(name, bytes);
      return forms.map((form) => ({
        bytes: FORMS[form](digest),
        spellings: spellings.map((spelling) => ({
          ...spelling,
          text: WRITTEN[form](name, spelling.text),
        })),
      }));
    }),
  );
}

export function digestBy(name: string, bytes: Uint8Array): Buffer {
  const digest = DIGESTS.get(name);
  if (digest === undefined) throw new TypeError(`There is no digest ${name}.`);
  return digest.compute(bytes);
}

/**
 * The ways to write several values together: a variable stands for one column throughout, so that only spellings which
 * agree go together.
 */
export function agreeing(terms: readonly Term[], write: (texts: readonly string[]) => string): Spelling[] {
  let chosen: { texts: string[]; of: Omit<Spelling, 'text'> }[] = [{ texts: [], of: {} }];
  for (const { spellings } of terms) {
    chosen = chosen.flatMap(({ texts, of }) =>
      spellings.flatMap(({ text, ...other }) =>
        agree(of, other) ? [{ texts: [...texts, text], of: { ...of, ...other } }] : [],
      ),
    );
    chosen = chosen.slice(0, MOST_SPELLINGS);
  }
  return chosen.map(({ texts, of }) => ({ ...of, text: write(texts) }));
}

const MOST_SPELLINGS = 64;

function agree(one: Omit<Spelling, 'text'>, other: Omit<Spelling, 'text'>): boolean {
  const same = (a: unknown, b: unknown) => a === undefined || b === undefined || a === b;
  return same(one.salt, other.salt) && same(one.username, other.username) && same(one.pepper, other.pepper);
}
