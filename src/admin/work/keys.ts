import { BridgeError } from '../../domain/errors.ts';
import { noteInAudit } from '../../store/audit.ts';
import type { StewardsDesk } from '../desk.ts';

/** The keys that sign what the bridge says, and ending what it said about a person. */
export function createKeyWork({
  signingKeys,
  endSessions,
  store,
}: Pick<StewardsDesk, 'signingKeys' | 'endSessions' | 'store'>) {
  const list = async () => (await signingKeys.list()).map((set) => ({ ...set, kids: { ...set.kids } }));
  return {
    list,
    /** @throws BridgeError `already_exists` while the newest keys do not sign yet */
    async rotate(actor: string) {
      const before = await list();
      const signing = before.find(({ signs }) => signs);
      if (before.some(({ createdAt }) => createdAt > (signing?.createdAt ?? Number.POSITIVE_INFINITY))) {
        throw new BridgeError(
          'already_exists',
          'New keys are published already, and do not sign yet. Rotate again when they do.',
        );
      }
      await signingKeys.add();
      const after = await list();
      await noteInAudit(store, 'keys:signing', { actor, action: 'keys.rotate', before, after });
      return after;
    },
    /** @param sub of the person */
    async revoke(sub: string, actor: string) {
      const ended = await endSessions(sub);
      const entry = { actor, action: 'sessions.revoke', before: ended, after: { sessions: 0, grants: 0 } };
      await noteInAudit(store, `sub:${sub}`, entry);
      return ended;
    },
  };
}
