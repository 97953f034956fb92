import type { LegacyDirectory, LegacyPage, LegacyUser } from '../../legacy/directory.ts';

/** Where a walk through all directories stands: behind this page of that directory. */
export interface Place {
  readonly directory: string;
  /** Undefined: everybody of this directory has been seen. */
  readonly after: string | undefined;
}

export interface PageOfPeople {
  readonly users: readonly LegacyUser[];
  /** Where the walk stands once this page is done. */
  readonly place: Place;
}

/** Everybody, page by page; the next page is read while the caller is busy with the one before. */
export async function* pagesOf(
  directories: ReadonlyMap<string, LegacyDirectory>,
  from: Place | undefined,
  size: number,
): AsyncGenerator<PageOfPeople> {
  const all = [...directories.values()];
  const start = all.findIndex(({ name }) => name === from?.directory);
  for (const [index, directory] of all.entries()) {
    if (index < start) continue;
    if (index > start || from === undefined) yield* pagesIn(directory, undefined, size);
    else if (from.after !== undefined) yield* pagesIn(directory, from.after, size);
  }
}

async function* pagesIn(
  directory: LegacyDirectory,
  after: string | undefined,
  size: number,
): AsyncGenerator<PageOfPeople> {
  let reading: Promise<LegacyPage> | undefined = directory.scan(after, size);
  while (reading !== undefined) {
    const { rows, next }: LegacyPage = await reading;
    reading = next === undefined ? undefined : directory.scan(next, size);
    // Whoever stops early never waits for it.
    reading?.catch(() => {});
    yield { users: rows, place: { directory: directory.name, after: next } };
  }
}

export const writePlace = ({ directory, after }: Place): string =>
  JSON.stringify(after === undefined ? [directory] : [directory, after]);

export function readPlace(text: string | undefined): Place | undefined {
  if (text === undefined) return undefined;
  const [directory, after] = JSON.parse(text) as [string, string?];
  return { directory, after };
}
