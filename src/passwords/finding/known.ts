import { findScheme } from '../known-schemes.ts';
import type { Scheme } from '../scheme.ts';
import { ALL_SCHEMES } from '../schemes/all.ts';
import { NAMED_RECIPES } from '../schemes/named-recipes.ts';
import { confirmed, parseReading, type Reading, telling } from './confirm.ts';
import type { Job, Search } from './job.ts';
import type { Finding } from './question.ts';

const NAMED = NAMED_RECIPES.flatMap(({ name }) => findScheme(name) ?? []);
/** Recipes first: where one says the same as a piece of software's own scheme, it says it more plainly. */
const SCHEMES = [...ALL_SCHEMES, ...NAMED].sort(
  (one, other) => Number(other.name.includes('(')) - Number(one.name.includes('(')),
);

/** Milliseconds from which on a hash is tried late, and with no column that it does not ask for. */
export const COSTLY = 5;

/** What names itself, one row a column. */
export function selfDescribingJob(search: Search): Job {
  return knownJob(
    search,
    SCHEMES.filter(({ selfDescribing }) => selfDescribing),
    () => true,
    100,
  );
}

/** The schemes that the configuration would have to name, `costly` ones or the others. */
export function namedJob(search: Search, costly: boolean): Job {
  return knownJob(
    search,
    SCHEMES.filter(({ selfDescribing, name }) => !selfDescribing && name !== PLAINTEXT),
    (cost) => cost > COSTLY === costly,
    costly ? 500 : 20,
  );
}

const PLAINTEXT = 'plaintext';

/** Last of all, since a name that is also the password would end the search. */
export const plaintextJob = (search: Search): Job =>
  knownJob(
    search,
    SCHEMES.filter(({ name }) => name === PLAINTEXT),
    () => true,
    1,
  );

function knownJob(
  search: Search,
  schemes: readonly Scheme[],
  fits: (cost: number) => boolean,
  milliseconds: number,
): Job {
  const { question } = search;
  const charsets = telling(search.password);
  return {
    rows: question.passwordColumns.length,
    width: schemes.length,
    milliseconds,
    async run(from, to) {
      const findings: Finding[] = [];
      for (const column of question.passwordColumns.slice(from, to)) {
        for (const scheme of schemes) findings.push(...(await readWith(scheme, column)));
      }
      return fewestColumns(unique(findings));
    },
  };

  async function readWith(scheme: Scheme, column: string): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const reading of readingsOf(search, scheme, column, fits)) {
      const tries = charsets.map((charset) => (charset === 'utf8' ? reading : { ...reading, charset }));
      findings.push(...(await confirmed(search, tries)));
      // With a column or a secret more it would match as well: this scheme does not look at them.
      if (findings.length > 0 && reading.salt === undefined && reading.username === undefined) break;
    }
    return findings;
  }
}

/** The row with nothing beside the hash, then with each column as salt, as name, and all that with each pepper. */
function readingsOf(
  search: Search,
  scheme: Scheme,
  column: string,
  fits: (cost: number) => boolean,
): Reading[] {
  const { saltColumns, peppers } = search.question;
  const others = saltColumns.filter((other) => other !== column);
  const bare = parseReading(search, scheme, { column });
  if (bare === undefined) return [];
  const isComplete = bare.outOfBounds === undefined;
  const columns =
    isComplete && bare.cost > COSTLY
      ? [{}]
      : [{}, ...others.map((salt) => ({ salt })), ...others.map((username) => ({ username }))];
  const secrets = [{}, ...peppers.map((_, pepper) => ({ pepper }))];
  return secrets
    .flatMap((secret) => columns.map((of) => ({ column, ...of, ...secret })))
    .flatMap((reading) => {
      const hash = parseReading(search, scheme, reading);
      if (hash === undefined || hash.outOfBounds !== undefined || !fits(hash.cost)) return [];
      return [{ ...reading, scheme: hash.scheme }];
    });
}

export function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** A reading that needs fewer columns and secrets is the plainer one; of those that need as many, all. */
function fewestColumns(findings: readonly Finding[]): Finding[] {
  const needs = ({ salt, username, pepper }: Finding) =>
    [salt, username, pepper].filter((one) => one !== undefined).length;
  const least = Math.min(...findings.map(needs));
  return findings.filter((finding) => needs(finding) === least);
}
