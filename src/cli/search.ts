import { readFileSync } from 'node:fs';
import { BridgeError } from '../domain/errors.ts';
import { searchScheme } from '../passwords/find-scheme.ts';
import type { FoundPassword, SchemeSearch, SchemeSearchResult } from '../passwords/scheme-search.ts';
import { createLogger } from '../runtime/logger.ts';
import { createProgress, type Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

type Wanted = Omit<SchemeSearch, 'password' | 'signal' | 'onProgress'>;

/**
 * Asks for the person's password and searches how it was hashed, until a signal ends it. The password is wiped
 * whatever comes of it.
 */
export async function searchWithPassword(terminal: Terminal, wanted: Wanted): Promise<SchemeSearchResult> {
  const password = await terminal.askSecret('Password of this person');
  const stopped = new AbortController();
  void terminal.untilStopped().then(() => stopped.abort());
  let progress: Progress | undefined;
  try {
    return await searchScheme(
      {
        ...wanted,
        password,
        signal: stopped.signal,
        onProgress({ tried, description, share }) {
          progress ??= createProgress(terminal, { label: 'Searching', amount: tries });
          progress.update(tried, `${description}, ${Math.floor(share * 100)} %`);
        },
      },
      { logger: createLogger('silent'), clock: terminal.clock },
    );
  } finally {
    password.fill(0);
    progress?.end();
  }
}

/** @throws BridgeError `invalid_request` */
export function readPeppers(files: readonly string[] = []): string[] {
  return files.map((file) => {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch {
      throw new BridgeError('invalid_request', `The file ${file} cannot be read.`);
    }
  });
}

/** The result for people; nothing of row, password or pepper is in it. */
export function describeSearch(result: SchemeSearchResult): string[] {
  switch (result.kind) {
    case 'found':
      return [
        `Found after ${tries(result.tried)}${result.names === undefined ? '' : `: ${result.names}`}.`,
        '',
        'legacy:',
        ...yamlOf(result.configuration),
        '',
        ...(result.pepper === undefined
          ? []
          : [`Of the secrets that were given, number ${result.pepper + 1} is LEGACY_PEPPER.`]),
        ...result.notes,
        ...result.others
          .slice(0, MOST_OTHERS)
          .flatMap((other) => ['', 'This reads the row as well:', ...yamlOf(other)]),
      ];
    case 'out-of-time':
      return [
        `Not found: ended after ${tries(result.tried)}, and ${tries(result.remaining)} remain. Give --seconds, or name the columns.`,
        ...damageOf(result),
      ];
    case 'not-found':
      return [
        `Not found after ${tries(result.tried)}. Is it this person's password, and is the legacy app's secret given?`,
        `Covered: ${result.covered.join(', ')}.`,
        ...damageOf(result),
      ];
  }
}

const MOST_OTHERS = 10;

const damageOf = ({ damaged }: Exclude<SchemeSearchResult, { kind: 'found' }>) =>
  damaged.map(({ column, damage }) => `${column}: ${damage}.`);

const yamlOf = (configuration: FoundPassword) => [
  '  password:',
  ...Object.entries(configuration).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`),
];

const tries = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'try' : 'tries'}`;
