import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A dump of a user table in the layout of known software, and what must come of it. */
export interface Shape {
  readonly software: string;
  readonly table: string;
  /** Secrets of the software's own configuration, which no dump holds. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly people: readonly {
    readonly logins: readonly string[];
    readonly password: string;
    readonly claims: Readonly<Record<string, unknown>>;
  }[];
  readonly refused: readonly { readonly logins: readonly string[]; readonly password: string }[];
}

const FIXTURES = resolve(import.meta.dirname, '../fixtures/shapes');

export const SHAPES = Object.entries(
  JSON.parse(readFileSync(join(FIXTURES, 'people.json'), 'utf8')) as Record<string, Shape>,
);

export const dumpOf = (name: string): string => join(FIXTURES, `${name}.sql`);
