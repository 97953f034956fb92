import { type Chain, chainJob, STEPS_WITH_SALT, STEPS_WITHOUT_SALT } from './chain.ts';
import { BARE, type Frame, SALTED, WITH_ANOTHER } from './frame.ts';
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
  const whole = groups.filter(isWhole);
  const products = (of: (group: Group) => Omit<Product, 'group' | 'whole'>[], among = whole, isCut = false) =>
    among.flatMap((group) =>
      of(group).map((product) => productJob(search, { ...product, group, whole: !isCut })),
    );
  const chains = (rounds: number) =>
    whole.flatMap((group) => chainsOf(group, material, rounds).map((chain) => chainJob(search, chain)));
  const { passes, pepperedPasses, cores, pepperedCores, usualCores, peppers, names } = material;
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
      description: 'cut digests',
      jobs: products(
        ({ salts }) => [
          { slots: [distinct([...cores, ...pepperedCores])], frames: BARE },
          { slots: [usualCores, salts], frames: SALTED },
        ],
        groups,
        true,
      ),
    },
    { description: 'plain text', jobs: [plaintextJob(search)] },
    { description: 'scrypt', jobs: groups.map((group) => scryptJob(search, group)) },
    { description: 'up to 1,100 rounds', jobs: chains(1100) },
    {
      description: 'PBKDF2',
      jobs: groups.flatMap((group) => [
        pbkdf2Job(search, group, passes.slice(0, 1), false),
        pbkdf2Job(search, group, [...passes.slice(1), ...pepperedPasses.slice(0, 2)], false),
      ]),
    },
    { description: 'up to 10,000 rounds', jobs: chains(10_000) },
    {
      description: 'PBKDF2 with many iterations',
      jobs: groups.map((group) => pbkdf2Job(search, group, passes.slice(0, 1), true)),
    },
  ];
  return stages.map(({ description, jobs }) => ({ description, jobs: jobs.filter(({ rows }) => rows > 0) }));
}

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

/** The password in the step and in the start, or in one of the two. */
function chainsOf(group: Group, { passes }: Material, rounds: number): Chain[] {
  const few = passes.slice(0, 3);
  const chain = (step: Frame, starts: readonly Frame[], salts: Group['salts']): Chain => ({
    group,
    step,
    starts,
    passes: few,
    salts,
    rounds,
  });
  const withPass = (step: Frame) => step.includes(1);
  const bare = group.ownSalt
    ? []
    : STEPS_WITHOUT_SALT.map((step) => chain(step, withPass(step) ? [[], [1]] : [[1]], []));
  const salted = STEPS_WITH_SALT.map((step) => {
    const starts: Frame[] = [
      [1, 2],
      [2, 1],
      ...(step.includes(2) ? [[1]] : []),
      ...(step.includes(1) && step.includes(2) ? [[]] : []),
      [1, '{', 2, '}'],
    ];
    return chain(step, starts, group.salts.slice(0, 12));
  });
  return [...bare, ...(group.salts.length === 0 ? [] : salted)];
}
