import { ALL_SCHEMES } from '../schemes/all.ts';
import { confirmed } from './confirm.ts';
import type { Job, Search } from './job.ts';
import type { Material } from './material.ts';
import type { Finding } from './question.ts';
import { agreeing, digestsOf, distinct, TEXT_FORMS, type Term } from './term.ts';

/** Milliseconds on one core for all of it: what does not fit in is too unlikely for what it costs. */
const WORK = 50_000;

/** A hash that names itself, made of something else than the password: `bcrypt(md5($pass))`. One row a candidate. */
export function outerJob(search: Search, material: Material, column: string): Job {
  const encoded = search.question.row[column] ?? '';
  const outer = ALL_SCHEMES.filter(({ selfDescribing }) => selfDescribing).flatMap((scheme) => {
    const hash = scheme.parse({ encoded });
    return hash === undefined || hash.outOfBounds !== undefined
      ? []
      : [{ name: scheme.name, cost: hash.cost }];
  });
  const milliseconds = outer.reduce((sum, { cost }) => sum + cost, 0);
  const inner = outer.length === 0 ? [] : innerTerms(material).slice(0, Math.ceil(WORK / milliseconds));
  return {
    rows: inner.length,
    width: outer.length,
    milliseconds,
    async run(from, to) {
      const findings: Finding[] = [];
      for (const term of inner.slice(from, to)) {
        const readings = outer.flatMap(({ name }) =>
          agreeing([term], ([text = '']) => `${name}(${text})`).map(({ text: scheme, ...of }) => ({
            column,
            scheme,
            ...of,
          })),
        );
        findings.push(...(await confirmed(search, readings.slice(0, 1))));
        if (findings.length > 0) findings.push(...(await confirmed(search, readings.slice(1, 4))));
      }
      return findings;
    },
  };
}

/** The usual first: digests of the password, then secrets, then salts. */
function innerTerms({ cores, pepperedCores, usualCores, salts, names }: Material): Term[] {
  const [plain] = usualCores;
  const joined = [...salts, ...names].flatMap((salt) => joinedWith(plain, salt));
  const [, ...others] = distinct([
    ...usualCores,
    ...pepperedCores,
    ...joined,
    ...digestsOf(joined, ['md5', 'sha1', 'sha256', 'sha512'], TEXT_FORMS),
    ...cores,
  ]);
  return others;
}

function joinedWith(pass: Term | undefined, salt: Term): Term[] {
  if (pass === undefined) return [];
  return [
    [pass, salt],
    [salt, pass],
  ].flatMap((terms) => {
    const spellings = agreeing(terms, (texts) => texts.join('.'));
    return [{ bytes: Buffer.concat(terms.map(({ bytes }) => bytes)), spellings }];
  });
}
