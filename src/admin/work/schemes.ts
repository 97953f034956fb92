import type { Credential } from '../../domain/credential.ts';
import { type Identity, identifyAs } from '../../passwords/identify.ts';
import type { StewardsDesk } from '../desk.ts';

interface CensusLine {
  readonly directory: string;
  readonly kind: Identity['kind'];
  /** Absent where the value names none. */
  readonly scheme?: string | undefined;
  readonly strength?: string | undefined;
  readonly reason?: string | undefined;
  readonly people: number;
}

/** How the people of the old tables are hashed, and whom the bridge could not let in. */
export function createSchemeWork({
  directories,
  unverifiable,
}: Pick<StewardsDesk, 'directories' | 'unverifiable'>) {
  return {
    /**
     * @param sample how many rows of each directory are looked at
     * @throws BridgeError `legacy_unavailable`
     */
    async census(sample: number): Promise<{ sampled: number; lines: CensusLine[] }> {
      const all = await Promise.all(
        [...directories.byName.values()].map(async (directory) =>
          (await directory.sampleCredentials(sample)).map((credential) => lineOf(directory.name, credential)),
        ),
      );
      return { sampled: all.flat().length, lines: counted(all.flat()) };
    },
    /** Rows that somebody tried to log in with and that no scheme reads. */
    unverifiable: () => unverifiable.summary(),
  };
}

type Line = Omit<CensusLine, 'people'>;

function lineOf(directory: string, credential: Credential): Line {
  const found = identifyAs(credential);
  if (found.kind === 'damaged')
    return { directory, kind: found.kind, scheme: found.scheme, reason: found.why };
  if (found.kind !== 'scheme') {
    return { directory, kind: found.kind, reason: 'shape' in found ? found.shape : undefined };
  }
  const { scheme, judgement } = found;
  const reason = found.outOfBounds ?? ('reason' in judgement ? judgement.reason : undefined);
  return { directory, kind: found.kind, scheme, strength: judgement.strength, reason };
}

function counted(lines: readonly Line[]): CensusLine[] {
  const groups = new Map<string, { line: Line; people: number }>();
  for (const line of lines) {
    const key = JSON.stringify(line);
    const group = groups.get(key) ?? { line, people: 0 };
    group.people += 1;
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ line, people }) => ({ ...line, people }))
    .sort((one, other) => other.people - one.people);
}
