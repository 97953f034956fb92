import { EXAMPLE } from './example.ts';
import { findScheme } from './known-schemes.ts';
import type { Beside, Judgement, Parameters, Scheme } from './scheme.ts';
import { ALL_SCHEMES, SCHEME_FAMILIES } from './schemes/all.ts';
import { NAMED_RECIPES } from './schemes/named-recipes.ts';

/** One way of hashing passwords, as people look it up. */
export interface CatalogueEntry {
  /** As configuration spells it. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly group: CatalogueGroup;
  /** Of a named recipe: what it computes. */
  readonly recipe?: string;
  readonly foundIn: string;
  readonly example: string;
  /** The example shows the layout alone: it is of another password than `example.ts` says. */
  readonly layoutOnly?: true;
  readonly needs: readonly Beside[];
  readonly takes: readonly Beside[];
  readonly ignores?: string;
  /** Of the example, which has the parameters that are usual. */
  readonly parameters: Parameters;
  readonly judgement: Judgement;
  /** Why none of its values can be verified. */
  readonly unverifiable?: string;
}

/** `prefix`: values name their scheme, and `auto` reads them. Values of all others name none. */
export type CatalogueGroup = 'prefix' | 'configured' | 'family' | 'digest' | 'recipe';

interface Listed {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly group: CatalogueGroup;
  readonly recipe?: string;
  readonly scheme: Scheme;
}

/** Everything that a credential's `scheme` may be called, apart from `auto` and recipes of one's own. */
export function catalogue(): readonly CatalogueEntry[] {
  entries ??= LISTED.map(entryOf);
  return entries;
}

/** Made once, when they are asked for: examples of families are real work. */
let entries: readonly CatalogueEntry[] | undefined;

/**
 * What is known of this name, alias or recipe, in any spelling that configuration may use.
 *
 * @returns undefined when there is no such scheme
 */
export function catalogueEntry(name: string): CatalogueEntry | undefined {
  const asked = normal(name);
  const listed = LISTED.find((one) => [one.name, ...one.aliases].some((known) => normal(known) === asked));
  if (listed !== undefined) return entryOf(listed);
  const scheme = findScheme(name);
  return scheme && entryOf({ name: scheme.name, aliases: [], group: 'recipe', scheme });
}

const LISTED: readonly Listed[] = [
  ...ALL_SCHEMES.map((scheme) => ({
    name: scheme.name,
    aliases: scheme.aliases ?? [],
    group: groupOf(scheme),
    scheme,
  })),
  ...SCHEME_FAMILIES.flatMap(({ example }) => found({ name: example, aliases: [], group: 'family' })),
  ...NAMED_RECIPES.flatMap(({ name, aliases = [], recipe }) =>
    found({ name, aliases, group: 'recipe', recipe }),
  ),
];

function groupOf({ name, selfDescribing }: Scheme): CatalogueGroup {
  if (selfDescribing) return 'prefix';
  return name.includes('(') ? 'digest' : 'configured';
}

function found(listed: Omit<Listed, 'scheme'>): Listed[] {
  const scheme = findScheme(listed.name);
  return scheme === undefined ? [] : [{ ...listed, scheme }];
}

const normal = (name: string) => name.replaceAll(/\s/g, '').toLowerCase();

function entryOf({ scheme, ...listed }: Listed): CatalogueEntry {
  const { about, needs = [], takes = [] } = scheme;
  // An example may be computed when it is asked for, and be long work.
  const { foundIn, example, layoutOnly, ignores } = about;
  const { password: _, ...beside } = EXAMPLE;
  const hash = scheme.parse({ encoded: example, ...beside });
  if (hash === undefined) throw new TypeError(`The example of ${listed.name} is no value of it.`);
  const { parameters, judgement, outOfBounds } = hash;
  return {
    ...listed,
    foundIn,
    example,
    ...(layoutOnly === undefined ? {} : { layoutOnly }),
    needs,
    takes,
    ...(ignores === undefined ? {} : { ignores }),
    parameters,
    judgement,
    ...(outOfBounds === undefined ? {} : { unverifiable: outOfBounds }),
  };
}
