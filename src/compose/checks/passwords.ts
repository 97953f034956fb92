import type { CheckResult } from '../../domain/check.ts';
import type { Credential } from '../../domain/credential.ts';
import { hasCode } from '../../domain/errors.ts';
import type { LegacyDirectory } from '../../legacy/directory.ts';
import { identify } from '../../passwords/identify/identify.ts';
import { identifyAs } from '../../passwords/identify.ts';

const SAMPLE_ROWS = 1_000;
/** Of the ways in which values cannot be read; the others are counted together. */
const SHAPES_SHOWN = 5;

/** How the people of the table are hashed, and whom the bridge could not let in. */
export async function checkPasswords(
  directory: Pick<LegacyDirectory, 'name' | 'sampleCredentials'>,
): Promise<CheckResult[]> {
  try {
    return judge(directory.name, await directory.sampleCredentials(SAMPLE_ROWS));
  } catch (error) {
    // The directory's own check says so already.
    if (hasCode(error, 'legacy_unavailable')) return [];
    throw error;
  }
}

function judge(name: string, sample: readonly Credential[]): CheckResult[] {
  const about = name === 'legacy' ? 'legacy.password' : `legacy.${name}.password`;
  const schemes = new Map<string, number>();
  const unreadable = new Map<string, number>();
  for (const credential of sample) {
    const reading = readingOf(credential);
    if (reading === 'empty') add(schemes, 'without a password');
    else if (reading.readable) add(schemes, reading.what);
    else add(unreadable, reading.what);
  }
  if (sample.length === 0) return [];
  const counts = [...schemes].map(([scheme, count]) => `${count} ${scheme}`).join(', ');
  const shapes = [...unreadable].sort(([, one], [, other]) => other - one);
  const rest = shapes.slice(SHAPES_SHOWN).reduce((sum, [, count]) => sum + count, 0);
  return [
    ...(counts === ''
      ? []
      : [{ level: 'ok', about, found: `Of ${sample.length} rows: ${counts}.` } as const]),
    ...shapes.slice(0, SHAPES_SHOWN).map(
      ([shape, count]): CheckResult => ({
        level: schemes.size === 0 ? 'error' : 'warning',
        about,
        found: `${count} of ${sample.length} rows cannot be verified: ${shape}.`,
        remedy:
          'Name the scheme in legacy.password.scheme ("footbridge find --login NAME" finds it from one known password), ' +
          'or have these people set a new password.',
      }),
    ),
    ...(rest === 0
      ? []
      : [
          {
            level: 'warning',
            about,
            found: `${rest} more rows cannot be verified.`,
            remedy: 'Run footbridge inspect for the whole census.',
          } as const,
        ]),
  ];
}

const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** What stands in a row, by the configured scheme. */
function readingOf(credential: Credential): 'empty' | { readonly readable: boolean; readonly what: string } {
  if (identifyAs(credential).kind === 'empty') return 'empty';
  const found = identify(credential);
  if (found.kind === 'readable') {
    return { readable: true, what: `${found.hash.scheme} (${found.hash.judgement.strength})` };
  }
  return { readable: false, what: 'shape' in found ? found.shape : `${found.scheme}: ${found.reason}` };
}
