import type { Credential } from '../src/domain/credential.ts';
import { EXAMPLE } from '../src/passwords/example.ts';
import { identify } from '../src/passwords/identify/identify.ts';
import { AUTO, findScheme, schemeNames } from '../src/passwords/known-schemes.ts';
import type { ParsedHash } from '../src/passwords/scheme.ts';

/** A row of one scheme with the parameters that are usual, as `footbridge schemes` shows it. */
export interface Case {
  readonly name: string;
  readonly credential: Credential;
  readonly hash: ParsedHash;
}

/** What opens each of the rows. */
export const PASSWORD = Buffer.from(EXAMPLE.password);

/** Everything that configuration may name. */
export const CASES: readonly Case[] = schemeNames()
  .filter((name) => name !== AUTO)
  .map(caseOf);

function caseOf(name: string): Case {
  const { about, needs = [], takes = [] } = findScheme(name) ?? fail(`There is no scheme ${name}.`);
  const beside = Object.fromEntries([...needs, ...takes].map((what) => [what, EXAMPLE[what]]));
  const credential = { encoded: about.example, ...beside, scheme: name };
  const identified = identify(credential);
  if (identified.kind !== 'readable') return fail(`The example of ${name} cannot be read here.`);
  return { name, credential, hash: identified.hash };
}

/** The row that a bare library is measured beside has to have the same parameters. */
export const exampleOf = (name: string): string =>
  CASES.find((one) => one.name === name)?.credential.encoded ?? fail(`There is no scheme ${name}.`);

function fail(message: string): never {
  throw new Error(message);
}
