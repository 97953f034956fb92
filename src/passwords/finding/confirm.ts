import { CHARSETS, type Charset } from '../../domain/credential.ts';
import { transcode } from '../charsets/transcode.ts';
import { findScheme } from '../known-schemes.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';
import type { Search } from './job.ts';
import type { Finding } from './question.ts';

export type Reading = Omit<Finding, 'lossy' | 'judgement'>;

/** The findings among these: what configuration would say, verified as a login would be. */
export async function confirmed(search: Search, readings: readonly Reading[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const reading of readings) {
    if (search.isStopped()) break;
    const finding = await confirm(search, reading);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

async function confirm(search: Search, reading: Reading): Promise<Finding | undefined> {
  const scheme = findScheme(reading.scheme);
  const hash = scheme && parseReading(search, scheme, reading);
  if (hash === undefined || hash.outOfBounds !== undefined) return undefined;
  const charset = CHARSETS.find((one) => one === reading.charset) ?? 'utf8';
  const { bytes, faithful } = transcode(search.password, charset);
  if (!faithful || !(await hash.verify(bytes))) return undefined;
  return { ...reading, lossy: hash.lossy(bytes), judgement: hash.judgement };
}

export const parseReading = (
  { question }: Search,
  scheme: Scheme,
  { pepper, ...reading }: Omit<Reading, 'scheme'>,
) =>
  parseRow(scheme, question.row, {
    ...reading,
    ...(pepper === undefined ? {} : { pepper: question.peppers[pepper] ?? '' }),
  });

interface RowReading {
  readonly column: string;
  readonly salt?: string;
  readonly username?: string;
  /** The secret itself. */
  readonly pepper?: string;
}

/** @throws nothing: a scheme that fails on a row does not read it */
export function parseRow(
  scheme: Scheme,
  row: Readonly<Record<string, string>>,
  { column, salt, username, pepper }: RowReading,
): ParsedHash | undefined {
  try {
    return scheme.parse({
      encoded: row[column] ?? '',
      ...(salt === undefined ? {} : { salt: row[salt] ?? '' }),
      ...(username === undefined ? {} : { username: row[username] ?? '' }),
      ...(pepper === undefined ? {} : { pepper }),
    });
  } catch {
    return undefined;
  }
}

/** The charsets that make a difference for this password. */
export function telling(password: Uint8Array): Charset[] {
  const seen = new Set<string>();
  return CHARSETS.filter((charset) => {
    const { bytes, faithful } = transcode(password, charset);
    const key = Buffer.from(bytes).toString('latin1');
    if (!faithful || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
