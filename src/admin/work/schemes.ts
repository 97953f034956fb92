import type { CatalogueEntry, CatalogueGroup } from '../../passwords/catalogue.ts';
import { catalogueAside } from '../../passwords/catalogue-aside.ts';
import type { StewardsDesk } from '../desk.ts';
import { type CensusLine, takeCensus } from './census.ts';

/** How a sample of the people of the old tables is hashed. */
export interface Census {
  /** Milliseconds since 1970, by the store's clock. */
  readonly at: number;
  /** How many rows were looked at. */
  readonly sampled: number;
  readonly directories: {
    readonly name: string;
    readonly sampled: number;
    /** About how many people there are; absent where nothing cheap says it. */
    readonly people?: number | undefined;
  }[];
  readonly lines: CensusLine[];
}

export const MOST_SAMPLED = 1_000;

export interface SchemeFilter {
  /** Part of a name, of another name, of the recipe, or of the software that it is found in. */
  readonly search?: string | undefined;
  readonly group?: CatalogueGroup | undefined;
  readonly strength?: CatalogueEntry['judgement']['strength'] | undefined;
}

export type SchemeWork = ReturnType<typeof createSchemeWork>;

/** How the people of the old tables are hashed, whom the bridge could not let in, and what it verifies at all. */
export function createSchemeWork({
  directories,
  unverifiable,
  store,
}: Pick<StewardsDesk, 'directories' | 'unverifiable' | 'store'>) {
  let last: Census | undefined;
  return {
    /**
     * Reads the first rows of each directory, as its database gives them.
     *
     * @param sample how many rows of each directory are looked at, at most `MOST_SAMPLED`
     * @throws BridgeError `legacy_unavailable`
     */
    async takeCensus(sample: number): Promise<Census> {
      const all = await Promise.all(
        [...directories.byName.values()].map(async (directory) => {
          const { name } = directory;
          const credentials = await directory.sampleCredentials(sample);
          const people = await directory.count();
          return {
            directory: { name, sampled: credentials.length, people },
            lines: takeCensus(name, credentials),
          };
        }),
      );
      const looked = all.map(({ directory }) => directory);
      last = {
        at: await store.now(),
        sampled: looked.reduce((sum, { sampled }) => sum + sampled, 0),
        directories: looked,
        lines: all.flatMap(({ lines }) => lines).sort((one, other) => other.people - one.people),
      };
      return last;
    },
    /** What this instance counted last; undefined when it has not since it started. */
    lastCensus: () => last,
    /** Rows that somebody tried to log in with and that no scheme reads. */
    unverifiable: () => unverifiable.summary(),
    /** Every way of hashing that is verified, apart from recipes of one's own. */
    async list({ search = '', group, strength }: SchemeFilter): Promise<CatalogueEntry[]> {
      const wanted = folded(search);
      return (await catalogueAside()).filter(
        (entry) =>
          (group === undefined || entry.group === group) &&
          (strength === undefined || entry.judgement.strength === strength) &&
          [entry.name, ...entry.aliases, entry.recipe ?? '', entry.foundIn].some((text) =>
            folded(text).includes(wanted),
          ),
      );
    },
  };
}

/** Case and blanks do not matter, as in the names that configuration may use. */
const folded = (text: string) => text.replaceAll(/\s/g, '').toLowerCase();
