import { BridgeError } from '../../domain/errors.ts';
import type { LegacyId, PersonRef } from '../../domain/ids.ts';
import { Refusal } from '../../http/refusal.ts';
import { noteWrittenBack } from '../../ledger/note-written-back.ts';
import { noteInAudit } from '../../store/audit.ts';
import type { StewardsDesk } from '../desk.ts';

export type WhosePassword =
  | { readonly sub: string }
  | { readonly directory: string; readonly legacyId: string };

export interface NewPassword {
  readonly whose: WhosePassword;
  readonly password: string;
  /** The one whose password it is now; undefined: all of them. */
  readonly target: string | undefined;
}

/** Carrying a password that was changed on the new platform back to the legacy row. */
export function createPasswordWork({
  writeBack,
  targets,
  directories,
  steward,
  store,
  digests,
  findSubject,
  subjectOf,
}: Pick<
  StewardsDesk,
  'writeBack' | 'targets' | 'directories' | 'steward' | 'store' | 'digests' | 'findSubject' | 'subjectOf'
>) {
  async function personOf(whose: WhosePassword): Promise<PersonRef | undefined> {
    if (!('sub' in whose)) {
      const { directory, legacyId } = whose;
      return directories.byName.has(directory) ? { directory, legacyId: legacyId as LegacyId } : undefined;
    }
    const seen = await findSubject(whose.sub);
    if (seen !== undefined) return { directory: seen.directory, legacyId: seen.legacyId };
    return (await steward.find(whose.sub)).find(({ externalId }) => externalId === whose.sub)?.person;
  }

  return {
    /**
     * @throws BridgeError `not_found`, `legacy_unavailable`, `overloaded`
     * @throws Refusal 404 where write-back is off, 409 when the row changed meanwhile, 422 for what cannot be written, 429
     */
    async write({ whose, password, target }: NewPassword, actor: string) {
      if (writeBack === undefined) throw off();
      if (target !== undefined && !targets.has(target)) {
        throw new BridgeError('invalid_request', `There is no target "${target}".`);
      }
      const person = await personOf(whose);
      if (person === undefined) throw nobody();
      const { waitMs } = await writeBack.limiter.take(`${person.directory}:${person.legacyId}`);
      if (waitMs > 0) throw tooOften(waitMs);
      const result = await writeBack.write(person, Buffer.from(password, 'utf8'));
      switch (result.kind) {
        case 'off':
          throw off();
        case 'unknown-person':
          throw nobody();
        case 'changed-meanwhile':
          throw new Refusal(409, 'changed_meanwhile', CHANGED);
        case 'refused':
          throw new Refusal(422, `password_${result.what}`, result.reason);
        case 'written': {
          await noteWrittenBack(store, person, digests.fingerprint(result.credential), target);
          const { directory, legacyId } = person;
          await noteInAudit(store, `person:${directory}:${legacyId}`, {
            actor,
            action: 'password.write-back',
            before: undefined,
            after: { scheme: result.scheme },
          });
          return { written: true as const, sub: subjectOf(person), scheme: result.scheme };
        }
      }
    },
  };
}

const CHANGED =
  'The row was written by somebody else at the same moment, or does not hold the hash as text. Nothing was changed; try again.';

const off = () =>
  new Refusal(
    404,
    'write_back_off',
    'Write-back is not turned on: the configuration names no second account in writeBack.',
  );
const nobody = () => new BridgeError('not_found', 'There is no such person in the legacy directory.');
const tooOften = (waitMs: number) =>
  new Refusal(
    429,
    'too_many_requests',
    "This person's password was written too often in a short time. Try again later.",
    Math.ceil(waitMs / 1000),
  );
