import { BridgeError } from '../domain/errors.ts';
import type { RegisteredClient } from './client.ts';
import type { ShadowFindings, TargetFacts } from './clients.ts';
import { cutoverRules, type Migration, type MigrationSwitch } from './migration.ts';

/**
 * Refuses a switch that cannot do what it says.
 *
 * @param now in milliseconds since 1970
 * @throws BridgeError `cannot_be_honoured` with the reason
 */
export function judgeSwitch(
  clientId: string,
  { target, movedUrl }: Migration,
  wanted: MigrationSwitch,
  { targets, now }: { readonly targets: ReadonlyMap<string, TargetFacts>; readonly now: number },
): void {
  const reason =
    reasonOfTarget(clientId, target, wanted, targets) ??
    reasonOfCutover(wanted, target, movedUrl, targets) ??
    reasonOfTime(wanted, now);
  if (reason !== undefined) throw new BridgeError('cannot_be_honoured', reason);
}

/**
 * Refuses another target for a client.
 *
 * @throws BridgeError `cannot_be_honoured`
 */
export function judgeTarget(
  { metadata, origin }: Pick<RegisteredClient, 'metadata' | 'origin'>,
  target: string | undefined,
  targets: ReadonlyMap<string, TargetFacts>,
): void {
  if (origin === 'config') {
    const message = `The target of client "${metadata.client_id}" is the configuration's: change it there.`;
    throw new BridgeError('cannot_be_honoured', message);
  }
  if (target === undefined || targets.has(target)) return;
  const names = [...targets.keys()].join(', ') || 'none is configured';
  throw new BridgeError('cannot_be_honoured', `There is no target "${target}"; targets: ${names}.`);
}

function reasonOfTarget(
  clientId: string,
  target: string | undefined,
  { mode, otherwise = 'off' }: MigrationSwitch,
  targets: ReadonlyMap<string, TargetFacts>,
): string | undefined {
  const copying = mode === 'off' ? otherwise : mode;
  if (copying === 'off') return undefined;
  if (target === undefined) {
    return (
      `Mode "${copying}" is about copying people, but client "${clientId}" has no target to copy them to. ` +
      'Name one: migration.target in the configuration, or --target when the client is added.'
    );
  }
  if (targets.has(target)) return undefined;
  return `Client "${clientId}" copies to target "${target}", and the configuration has no target of that name.`;
}

function reasonOfCutover(
  { mode }: MigrationSwitch,
  target: string | undefined,
  movedUrl: string | undefined,
  targets: ReadonlyMap<string, TargetFacts>,
): string | undefined {
  if (mode !== 'cutover' || movedUrl !== undefined || targets.get(target ?? '')?.verify) return undefined;
  return (
    `Mode "cutover" would leave people nowhere to log in: target "${target}" cannot say whether a password is right, ` +
    'and no address of the new platform is known. Give migration.movedUrl, or a target with a password column.'
  );
}

function reasonOfTime({ mode, startsAt, endsAt }: MigrationSwitch, now: number): string | undefined {
  if (mode === 'off' || endsAt === undefined) return undefined;
  if (startsAt !== undefined && startsAt >= endsAt) return 'The switch would end before it begins.';
  if (endsAt > now) return undefined;
  return `The time of this switch ended at ${new Date(endsAt).toISOString()}: give it another end, or none.`;
}

/** Why people should not be cut over yet; none when shadow has been clean. */
export function doubtsOf({ target, cutover }: Migration, { people, problems }: ShadowFindings): string[] {
  const { shadowPeople } = cutover ?? cutoverRules.parse({});
  const doubts: string[] = [];
  if (people < shadowPeople) {
    doubts.push(
      `Shadow has seen ${people} of the ${shadowPeople} people it should have seen for target "${target}".`,
    );
  }
  if (problems > 0) {
    doubts.push(
      `${problems} of the ${people} people that shadow has seen could not be copied to target "${target}" as they are.`,
    );
  }
  return doubts;
}
