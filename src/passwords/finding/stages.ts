import { type Chain, chainJob } from './chain.ts';
import { fewRounds, manyRounds } from './chains-of.ts';
import { BARE, SALTED, WITH_ANOTHER } from './frame.ts';
import { type Group, groupsOf, isWhole } from './group.ts';
import type { Search, Stage } from './job.ts';
import { pbkdf2Job, scryptJob } from './key-derivation.ts';
import { namedJob, plaintextJob, selfDescribingJob } from './known.ts';
import { gather, type Material, USUAL_DIGESTS } from './material.ts';
import { outerJob } from './outer.ts';
import { type Product, productJob } from './product.ts';
import { agreeing, digestsOf, distinct, type Term, USUAL_FORMS } from './term.ts';

/** The whole search, in its order: the likely and cheap first, the costly last. */
export function stagesOf(search: Search): Stage[] {
  const { question, password } = search;
  const material = gather(question, password);
  const groups = groupsOf(question, material);
  const parted = groups.filter(({ joined }) => !joined);
  const whole = parted.filter(isWhole);
  const products = (of: (group: Group) => Omit<Product, 'group' | 'whole'>[], among = whole, isCut = false) =>
    among.flatMap((group) =>
      of(group).map((product) => productJob(search, { ...product, group, whole: !isCut })),
    );
  const chains = (of: (group: Group, material: Material) => Chain[]) =>
    parted.filter(isWhole).flatMap((group) => of(group, material).map((chain) => chainJob(search, chain)));
  const { passes, cores, pepperedCores, usualCores, peppers, names } = material;
  const stages: Stage[] = [
    { description: 'formats that name themselves', jobs: [selfDescribingJob(search)] },
    { description: 'known schemes', jobs: [namedJob(search, false)] },
    { description: 'digests of the password', jobs: products(unsaltedOf(material)) },
    {
      description: 'digests with a salt',
      jobs: products(({ saltsAndDigests }) => [{ slots: [cores, saltsAndDigests], frames: SALTED }]),
    },
    {
      description: 'HMAC',
      jobs: products(({ salts }) => [
        { slots: [usualCores, salts], frames: BARE, key: 1 },
        { slots: [usualCores, salts], frames: [[1]], key: 0 },
        { slots: [usualCores], frames: BARE, key: 0 },
        {
          slots: [peppers, usualCores, salts],
          frames: [
            [1, 2],
            [2, 1],
          ],
          key: 0,
        },
      ]),
    },
    { description: 'salted digests in digests', jobs: products((group) => wrapped(group, material)) },
    {
      description: 'digests with a site’s secret',
      jobs: products(({ saltsAndDigests }) => [
        { slots: [pepperedCores, saltsAndDigests], frames: SALTED },
        { slots: [usualCores, saltsAndDigests, peppers], frames: WITH_ANOTHER },
        { slots: [cores, peppers], frames: SALTED },
      ]),
    },
    {
      description: 'digests with two columns',
      jobs: products(({ salts }) => [{ slots: [usualCores, salts, names], frames: WITH_ANOTHER }]),
    },
    { description: 'costly known schemes', jobs: [namedJob(search, true)] },
    {
      description: 'hashes of a digest',
      jobs: question.passwordColumns.map((column) => outerJob(search, material, column)),
    },
    {
      description: 'digests joined to their salt',
      jobs: products(
        (group) => [
          { slots: [group.salts, cores], frames: JOINED },
          { slots: [usualCores, group.salts], frames: BARE, key: 1 },
          ...wrapped(group, material),
        ],
        groups.filter(({ joined }) => joined),
      ),
    },
    {
      description: 'cut digests',
      jobs: products(
        ({ salts }) => [
          { slots: [distinct([...cores, ...pepperedCores])], frames: BARE },
          { slots: [usualCores, salts], frames: SALTED },
        ],
        parted,
        true,
      ),
    },
    { description: 'plain text', jobs: [plaintextJob(search)] },
    { description: 'up to 1,100 rounds', jobs: chains(fewRounds) },
    { description: 'PBKDF2', jobs: parted.map((group) => pbkdf2Job(search, group, passes, 'few')) },
    { description: 'scrypt', jobs: parted.map((group) => scryptJob(search, group)) },
    { description: 'up to 10,000 rounds', jobs: chains(manyRounds) },
    {
      description: 'PBKDF2 with many iterations',
      jobs: parted.map((group) => pbkdf2Job(search, group, passes, 'many')),
    },
  ];
  return stages
    .map(({ description, jobs }) => ({ description, jobs: jobs.filter(({ rows }) => rows > 0) }))
    .filter(({ jobs }) => jobs.length > 0);
}

/** The salt first, of which there are fewer: it makes the rows. */
const JOINED = SALTED.map((frame) => frame.map((part) => (typeof part === 'number' ? 1 - part : part)));

const unsaltedOf =
  ({ cores, pepperedCores }: Material) =>
  ({ ownSalt }: Group) =>
    ownSalt ? [] : [{ slots: [distinct([...cores, ...pepperedCores])], frames: BARE }];

/** One product a salt, since the salt inside and the one outside are the same. */
function wrapped({ salts }: Group, { usualCores }: Material): Omit<Product, 'group' | 'whole'>[] {
  return salts.map((salt) => {
    const inner = digestsOf(joinedTerms(usualCores, [salt]), USUAL_DIGESTS, USUAL_FORMS);
    const outer = distinct([salt, ...digestsOf([salt], USUAL_DIGESTS, ['hex'])]);
    return { slots: [inner, outer], frames: [...BARE, ...SALTED.slice(0, 4)] };
  });
}

/** A salted value that goes into a digest again: `sha1($salt.sha1($salt.sha1($pass)))`. */
export function joinedTerms(cores: readonly Term[], salts: readonly Term[]): Term[] {
  return cores.flatMap((core) =>
    salts.flatMap((salt) =>
      SALTED.slice(0, 2).map((frame) => {
        const terms = frame.map((place) => (place === 0 ? core : salt));
        return {
          bytes: Buffer.concat(terms.map(({ bytes }) => bytes)),
          spellings: agreeing(terms, (texts) => texts.join('.')),
        };
      }),
    ),
  );
}
