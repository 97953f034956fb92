import type { HookContext, Hooks } from '../../domain/hooks.ts';
import type { PersonRef } from '../../domain/ids.ts';
import type { OfferedClaim, UserProfile } from '../../domain/user-profile.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { LegacyOptions } from '../options.ts';
import type { PersonHooks, Transformed } from '../person-hooks.ts';
import { checkProfile, verdict } from './hook-shapes.ts';

/** The hooks of one directory. */
export interface DirectoryHooks {
  readonly options: Pick<LegacyOptions, 'name' | 'attributes' | 'hookTimeoutMs'>;
  readonly hooks: Hooks;
}

type Ran =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly why: string };

/** Runs each directory's hooks within their time. */
export function createPersonHooks(all: readonly DirectoryHooks[], logger: Logger): PersonHooks {
  const byDirectory = new Map(all.map((one) => [one.options.name, one]));

  function failed(person: PersonRef, hook: string, why: string): Transformed {
    const facts = { directory: person.directory, legacy_id: person.legacyId, hook, why };
    logger.error(facts, 'A hook failed: this login or copy did not go on.');
    return { kind: 'failed', hook };
  }

  async function transform(person: PersonRef, profile: UserProfile): Promise<Transformed> {
    const own = byDirectory.get(person.directory);
    const hook = own?.hooks.profile;
    if (own === undefined || hook === undefined) return { kind: 'profile', profile };
    const ran = await run(own, (context) => hook(nounOf(person, profile), context));
    if (ran.kind === 'failed') return failed(person, 'profile', ran.why);
    const checked = checkProfile(ran.value, declared(own));
    return 'wrong' in checked
      ? failed(person, 'profile', `returned what is no profile: ${checked.wrong}`)
      : { kind: 'profile', profile: checked.profile };
  }

  return {
    transform,
    async admit(person, profile, clientId) {
      const transformed = await transform(person, profile);
      const own = byDirectory.get(person.directory);
      const hook = own?.hooks.login;
      if (transformed.kind === 'failed' || own === undefined || hook === undefined) return transformed;
      const noun = { ...nounOf(person, transformed.profile), clientId };
      const ran = await run(own, (context) => hook(noun, context));
      if (ran.kind === 'failed') return failed(person, 'login', ran.why);
      const answer = verdict.safeParse(ran.value ?? undefined);
      if (!answer.success)
        return failed(person, 'login', 'returned neither nothing nor { refuse: "a sentence" }');
      return answer.data === undefined ? transformed : { kind: 'refused', sentence: answer.data.refuse };
    },
    offered: all.flatMap(({ hooks }) =>
      Object.entries(hooks.attributes ?? {}).map(
        ([attribute, { scope }]): OfferedClaim => ({ scope, claim: attribute, from: { attribute } }),
      ),
    ),
  };
}

/** A copy of its own: what a hook does to it reaches nobody else. */
function nounOf({ directory, legacyId }: PersonRef, profile: UserProfile) {
  return { directory, id: legacyId as string, profile: structuredClone(profile) };
}

function declared({ options, hooks }: DirectoryHooks): ReadonlySet<string> {
  return new Set([...Object.keys(options.attributes?.map ?? {}), ...Object.keys(hooks.attributes ?? {})]);
}

/** What a hook throws is not told: its text may hold the person's values. Only the kind of error is. */
async function run({ options }: DirectoryHooks, hook: (context: HookContext) => unknown): Promise<Ran> {
  const stop = new AbortController();
  const { promise: over, resolve } = Promise.withResolvers<Ran>();
  const timer = setTimeout(() => {
    stop.abort();
    resolve({ kind: 'failed', why: `took longer than ${options.hookTimeoutMs} ms` });
  }, options.hookTimeoutMs);
  const work = (async (): Promise<Ran> => {
    try {
      return { kind: 'returned', value: await hook({ signal: stop.signal }) };
    } catch (error) {
      return { kind: 'failed', why: `threw ${error instanceof Error ? error.constructor.name : 'no error'}` };
    }
  })();
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
