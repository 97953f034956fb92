import type { LegacyDirectories } from '../directories.ts';
import type { FindResult, LegacyDirectory, OnLookUp } from '../directory.ts';

/**
 * How long an answer that is decided waits for the directories behind it, so that its time does not tell in which of
 * them somebody is, or that they are in none; and how much one that hangs can hold up the others.
 */
const LEVEL_WITHIN_MS = 100;

/** @param list in the order in which they are to be asked, with distinct names */
export function createDirectories(list: readonly LegacyDirectory[]): LegacyDirectories {
  const byName = new Map(list.map((directory) => [directory.name, directory]));

  async function find(identifier: string, onLookUp?: OnLookUp): Promise<FindResult> {
    const answers = list.map((directory) => directory.find(identifier, onLookUp));
    const all = Promise.allSettled(answers);
    for (const answer of answers) {
      const result = await answer;
      if (result.kind === 'none') continue;
      await atMost(LEVEL_WITHIN_MS, all);
      return result;
    }
    return { kind: 'none' };
  }

  return {
    byName,
    find,
    findPerson: async ({ directory, legacyId }) => byName.get(directory)?.findById(legacyId),
    async sampleCredentials(limit) {
      return (await Promise.all(list.map((directory) => directory.sampleCredentials(limit)))).flat();
    },
    async ping() {
      await Promise.all(list.map((directory) => directory.ping()));
    },
    async check() {
      const results = await Promise.all(
        list.map(async ({ name, check }) =>
          (await check()).map((result) =>
            list.length === 1
              ? result
              : { ...result, about: result.about.replace(/^legacy\b/, `legacy.${name}`) },
          ),
        ),
      );
      return results.flat();
    },
    async close() {
      await Promise.all(list.map((directory) => directory.close()));
    },
  };
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise((done) => {
    timer = setTimeout(done, ms);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}
