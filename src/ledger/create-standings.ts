import type { Store } from '../store/store.ts';
import type { LedgerState } from './ledger.ts';
import type { Standing, Standings } from './standings.ts';

export function createStandings({ store }: { readonly store: Store }): Standings {
  return {
    async of(target, directory, legacyIds, subjects) {
      const standings = new Map<string, Standing>();
      if (legacyIds.length === 0) return standings;
      const logins = await store.db
        .selectFrom('person')
        .select(['legacy_id', 'last_login_at'])
        .where('subject', 'in', subjects)
        .execute();
      for (const { legacy_id, last_login_at } of logins) {
        standings.set(legacy_id, { lastLoginAt: last_login_at, row: undefined });
      }
      const rows = await store.db
        .selectFrom('ledger')
        .select(['legacy_id', 'state', 'reason', 'scheme', 'copied_fingerprint'])
        .where('target', '=', target)
        .where('directory', '=', directory)
        .where('legacy_id', 'in', legacyIds)
        .execute();
      for (const { legacy_id, state, reason, scheme, copied_fingerprint: copiedFingerprint } of rows) {
        const lastLoginAt = standings.get(legacy_id)?.lastLoginAt ?? null;
        const row = { state: state as LedgerState, reason, scheme, copiedFingerprint };
        standings.set(legacy_id, { lastLoginAt, row });
      }
      return standings;
    },
  };
}
