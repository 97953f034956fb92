import type { CheckResult } from '../../domain/check.ts';
import type { LegacyOptions } from '../options.ts';
import { type SharedValues, sharedNames } from './shared-values.ts';

/** What is known of a login column, whatever the database. */
export interface LoginColumnFacts {
  readonly column: string;
  /** True when a look-up by the configured rule goes through an index. */
  readonly indexed: boolean;
  /** True when no two rows can hold names that the configured rule calls the same. */
  readonly unique: boolean;
  /** Asked where `unique` is false. */
  readonly shared: SharedValues;
  /** The statement that makes the missing index; for the owner of the legacy system, never run by the bridge. */
  readonly createIndex: string;
  readonly createUniqueIndex: string;
  /** Why the configured rule cannot use an index at all, and what would, where that is so. */
  readonly notIndexable?: { readonly why: string; readonly remedy: string };
}

export function checkLoginColumn(options: LegacyOptions, facts: LoginColumnFacts): CheckResult[] {
  const about = `legacy.login.${facts.column}`;
  const results: CheckResult[] = [];
  if (facts.notIndexable !== undefined) {
    const { why, remedy } = facts.notIndexable;
    results.push({
      level: 'warning',
      about,
      found: `${why}, so that each login reads the whole table.`,
      remedy,
    });
  } else if (!facts.indexed) {
    results.push({
      level: 'warning',
      about,
      found: `No index of ${options.table} begins with ${facts.column}, so that each login reads the whole table.`,
      remedy: `Ask the owner of the legacy system for: ${facts.unique ? facts.createIndex : facts.createUniqueIndex}`,
    });
  }
  if (!facts.unique) {
    const remedy = `Ask the owner of the legacy system for: ${facts.createUniqueIndex}`;
    results.push(sharedNames(options, { ...facts, remedy }));
  }
  return results.length > 0
    ? results
    : [{ level: 'ok', about, found: `${facts.column} is unique and found through an index.` }];
}

/** A name for the index that is missing. */
export function indexName(options: LegacyOptions, column: string): string {
  const table = options.table.split('.').at(-1) ?? options.table;
  return `${table}_${column}_login`.replaceAll(/[^A-Za-z0-9_]/g, '_').slice(0, 64);
}
